"use client";
import { Alert, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useMigration } from "#app/tutor/video-setup/_parts/progress/MigrationLive.tsx";
import classes from "#app/tutor/video-setup/_parts/VideoSetup.module.css";
import { MissingPermissions } from "#components/MissingPermissions.tsx";
import { ProviderMark } from "#components/ProviderMark.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { ConnectionView, VideoSetupView } from "#lib/services/switching/views.ts";
import { CheckLinks } from "./CheckLinks.tsx";
import { ChooseAccount } from "./ChooseAccount.tsx";
import { ConnectLink } from "./ConnectLink.tsx";
import { DisconnectButton } from "./DisconnectButton.tsx";
import { RefreshButton } from "./RefreshButton.tsx";
import { SandboxBadge } from "./SandboxBadge.tsx";

interface Props {
  view: VideoSetupView;
  tutorId: string;
  /** `?connect=` of the address. Its button stands above this card then (`ConnectNow.tsx`). */
  asked: unknown;
}

/** One card that answers: where do my lessons happen now? */
export function CurrentProvider(props: Props) {
  const words = useTranslations("videoSetup.now");
  const { view } = props;
  const { connection } = view;
  return (
    <section aria-labelledby="now">
      <Title order={2} id="now" mb="xs">
        {words("title")}
      </Title>
      <Paper p="lg">
        {connection && connection.status !== "disconnected" ? (
          <Connected {...props} connection={connection} />
        ) : (
          <Nowhere {...props} />
        )}
      </Paper>
    </section>
  );
}

function Nowhere({ view: { connection, providers, future }, asked }: Props) {
  const words = useTranslations("videoSetup.now");
  return (
    <Stack>
      <div>
        <Text fw={600} size="lg">
          {words(connection ? "notConnected" : "nowhere")}
        </Text>
        <Text c="dimmed">
          {connection
            ? `${words("keeping", { provider: connection.label, count: future.count })} `
            : null}
          {words("nowhereText")}
        </Text>
      </div>
      <Group gap="lg">
        {providers
          .filter(({ id }) => id !== asked)
          .map((provider) => (
            <Group key={provider.id} gap="xs" wrap="nowrap">
              <ConnectLink provider={provider} verb="connect" />
              {provider.sandbox ? <SandboxBadge /> : null}
            </Group>
          ))}
      </Group>
    </Stack>
  );
}

function Connected(props: Props & { connection: ConnectionView }) {
  const { view, connection, tutorId, asked } = props;
  const words = useTranslations("videoSetup.now");
  const times = useTimes();
  const now = useNow();
  const provider = view.providers.find(({ id }) => id === connection.provider);
  const needsReconnect = connection.status === "needs_reconnect";
  const wantsReconnect = needsReconnect || connection.lacksPermission;
  const reconnect = wantsReconnect && provider && provider.id !== asked ? provider : null;
  const { count, next } = view.future;
  const dead = needsReconnect ? words("refreshDead", { provider: connection.label }) : null;
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start">
        <Group wrap="nowrap" gap="md">
          <span className={classes.bigMark}>
            <ProviderMark provider={connection.provider} size={24} />
          </span>
          <div>
            <Group gap="xs">
              <Text fw={600} size="lg" component="h3">
                {connection.label}
              </Text>
              {provider?.sandbox ? <SandboxBadge /> : null}
            </Group>
            <Text size="sm" c="dimmed" className={classes.breaking}>
              {connection.account.email}
            </Text>
          </div>
        </Group>
        <Health connection={connection} />
      </Group>
      {needsReconnect ? (
        <Text>{words("reconnectText", { provider: connection.label })}</Text>
      ) : null}
      <MissingPermissions connection={connection} />
      {connection.operatorTrouble && !needsReconnect ? (
        <Text>
          {words(`operator.${connection.operatorTrouble}`, { provider: connection.label })}
        </Text>
      ) : null}
      {!connection.operatorTrouble && connection.pausedUntil && connection.pausedUntil > now ? (
        <Text>
          {words("pausedText", {
            provider: connection.label,
            when: times.when(connection.pausedUntil, now),
          })}
        </Text>
      ) : null}
      <Text size="lg" className="figures">
        {words("future", { count })}
        {next ? `, ${words("next", { when: times.dayAndClock(next.startsAt, now) })}` : null}
      </Text>
      {connection.tooLong ? (
        <Text size="sm" c="var(--segue-wait)">
          {words("tooLong", { provider: connection.label, ...connection.tooLong })}
        </Text>
      ) : null}
      <Unfinished view={view} />
      {view.future.withPasscode > 0 ? (
        <Alert title={words("passcodes.title", { count: view.future.withPasscode })}>
          {words("passcodes.text", { provider: connection.label })}
        </Alert>
      ) : null}
      {reconnect ? <ChooseAccount connection={connection} /> : null}
      <Group gap="xs">
        {reconnect ? <ConnectLink provider={reconnect} verb="reconnect" /> : null}
        <RefreshButton
          tutorId={tutorId}
          provider={connection.provider}
          dead={dead}
          isFirst={!wantsReconnect}
        />
        <CheckLinks connection={connection} dead={dead} />
        <DisconnectButton label={connection.label} count={count} />
      </Group>
    </Stack>
  );
}

/** While a change is under way, its strip tells where each lesson is, and tells it sooner. */
function Unfinished({ view: { future } }: { view: VideoSetupView }) {
  const { isOnTop, migration } = useMigration();
  const words = useTranslations("videoSetup.now");
  const times = useTimes();
  const now = useNow();
  const { roomsFollowAt: follow } = future;
  const withoutRoom = migration?.status === "running" ? 0 : future.withoutRoom;
  const elsewhere = isOnTop && migration?.status === "running" ? 0 : future.elsewhere;
  if (withoutRoom === 0 && elsewhere === 0) return null;
  return (
    <Text size="sm" c="var(--segue-wait)">
      {withoutRoom > 0 ? `${words("withoutRoom", { count: withoutRoom })} ` : null}
      {withoutRoom > 0 && follow
        ? `${words("roomsFollow", { when: times.dayAndClock(follow, now) })} `
        : null}
      {elsewhere > 0 ? words("elsewhere", { count: elsewhere }) : null}
    </Text>
  );
}

function Health({ connection }: { connection: ConnectionView }) {
  const { status, connectedAt } = connection;
  const words = useTranslations("videoSetup.now");
  const times = useTimes();
  const now = useNow();
  const health = healthOf(connection);
  return (
    <Text size="sm" component="div" className={classes.health} data-status={health}>
      <span className={classes.dot} aria-hidden="true" />
      {words(`health.${health}`)}
      {status === "connected" ? (
        <Text span inherit c="dimmed">
          {words("since", { day: times.fullDay(connectedAt, now) })}
        </Text>
      ) : null}
    </Text>
  );
}

function healthOf({ status, lacksPermission, operatorTrouble }: ConnectionView) {
  if (status !== "connected") return status;
  if (operatorTrouble) return "operator";
  return lacksPermission ? "incomplete" : "connected";
}
