"use client";
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconClockExclamation } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Confirm } from "#components/Confirm.tsx";
import { useCall } from "#components/calls/useCall.ts";
import { FormError } from "#components/FormError.tsx";
import { notify } from "#components/onDemand/notify.ts";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import { plainZone } from "#lib/platform/localTime.ts";
import type { ZoneChangeView } from "#lib/services/sessions/zoneChanges.ts";

type Keep = "agreed" | "instant";

/** More than these would fill the page. */
const LISTED = 5;

interface Props {
  changes: ZoneChangeView[];
  /** A lesson is open now, and its Join matters more than lessons to come. */
  isFolded: boolean;
}

/** For a tutor whose lessons are at another local time than agreed on, by new zone rules. Otherwise nothing. */
export function ZoneChanges({ changes, isFolded }: Props) {
  const words = useTranslations("sessions.zones");
  const router = useRouter();
  const { busy, problem, send } = useCall();
  const [left, setLeft] = useState(0);
  const [asking, { open, close }] = useDisclosure();
  if (changes.length === 0) return null;

  async function decide(keep: Keep, of: ZoneChangeView[]) {
    const sessionIds = of.map(({ sessionId }) => sessionId);
    const answer = await send<{ decided: number }>("POST", "/api/zone-changes", {
      keep,
      sessionIds,
    });
    if (!answer.ok) return;
    close();
    const { decided } = answer.data;
    setLeft(of.length - decided);
    if (decided > 0) void notify(words("done", { count: decided }));
    router.refresh();
  }

  const deciding = { busy, decide };
  const count = changes.length;
  const choices = (
    <Stack gap="sm">
      <Text size="sm">{words("text")}</Text>
      <FormError>
        {problem?.sentence ?? (left > 0 ? words("left", { count: left }) : null)}
      </FormError>
      {changes.length > 1 ? (
        <Group gap="xs">
          <Button size="sm" loading={busy} onClick={open}>
            {words("moveAll")}
          </Button>
          <Button
            size="sm"
            variant="default"
            loading={busy}
            onClick={() => decide("instant", changes)}
          >
            {words("stayAll")}
          </Button>
        </Group>
      ) : null}
      <Changes changes={changes.slice(0, LISTED)} {...deciding} />
      {changes.length > LISTED ? (
        <details>
          <summary>{words("more", { count: changes.length - LISTED })}</summary>
          <Stack gap="sm" mt="sm">
            <Changes changes={changes.slice(LISTED)} {...deciding} />
          </Stack>
        </details>
      ) : null}
    </Stack>
  );
  return (
    <Alert
      title={words("title", { count })}
      icon={<IconClockExclamation aria-hidden />}
      color="yellow"
      mb="lg"
    >
      {isFolded ? (
        <details>
          <summary>{words("show")}</summary>
          {choices}
        </details>
      ) : (
        choices
      )}
      <Confirm
        opened={asking}
        onClose={close}
        title={words("moveAllAsk", { count })}
        action={words("moveAllAction", { count })}
        busy={busy}
        problem={problem?.sentence ?? null}
        onConfirm={() => decide("agreed", changes)}
      >
        {words("moveAllText")}
      </Confirm>
    </Alert>
  );
}

const Changes = ({ changes, ...deciding }: Deciding & { changes: ZoneChangeView[] }) =>
  changes.map((change) => <Change key={change.sessionId} change={change} {...deciding} />);

interface Deciding {
  busy: boolean;
  decide: (keep: Keep, of: ZoneChangeView[]) => Promise<void>;
}

function Change({ change, busy, decide }: Deciding & { change: ZoneChangeView }) {
  const words = useTranslations("sessions.zones");
  const times = useTimes(change.timeZone);
  const now = useNow();
  const [agreed, shown] = [times.clock(change.agreedAt), times.clock(change.startsAt)];
  return (
    <div>
      <Text size="sm" className="figures">
        {words("line", {
          subject: change.subject,
          student: change.student,
          day: times.fullDay(change.startsAt, now),
          agreed,
          shown,
          zone: plainZone(change.timeZone),
        })}
      </Text>
      <Group gap="xs" mt={4}>
        <Button
          size="sm"
          variant="default"
          disabled={busy}
          onClick={() => decide("agreed", [change])}
        >
          {words("move", { agreed })}
        </Button>
        <Button
          size="sm"
          variant="subtle"
          disabled={busy}
          onClick={() => decide("instant", [change])}
        >
          {words("stay", { shown })}
        </Button>
      </Group>
    </div>
  );
}
