import { Group, List, ListItem, Paper, Stack, Text, Title } from "@mantine/core";
import { ProviderMark } from "#components/ProviderMark.tsx";
import { clock, dayAndClock } from "#components/time.ts";
import { arriving, leaving, videoSetupWords } from "#components/words/videoSetup.ts";
import type { ConnectionView, ProviderView, VideoSetupView } from "#lib/services/views.ts";
import { ConnectLink } from "./ConnectLink.tsx";
import { SandboxBadge } from "./SandboxBadge.tsx";

const words = videoSetupWords.whatIf;

interface Props {
  view: VideoSetupView;
  zone: string;
  now: string;
}

/** What if I switch? One card for each other provider, with what would follow. */
export function WhatIf({ view, zone, now }: Props) {
  const { connection } = view;
  if (!connection || connection.status === "disconnected") return null;
  const others = view.providers.filter(({ id }) => id !== connection.provider);
  return (
    <section aria-labelledby="what-if">
      <Title order={2} id="what-if" mb="xs">
        {words.title}
      </Title>
      <Stack>
        {others.map((provider) => (
          <Paper key={provider.id} p="lg">
            <Group justify="space-between" mb="md">
              <Group gap="xs">
                <ProviderMark provider={provider.id} size={20} />
                <Text fw={600} size="lg" component="h3">
                  {provider.label}
                </Text>
                {provider.sandbox ? <SandboxBadge /> : null}
              </Group>
              <ConnectLink provider={provider} verb="switch" />
            </Group>
            <List size="sm" spacing={6} c="dimmed">
              {consequences(view, connection, provider, zone, now).map((text) => (
                <ListItem key={text}>{text}</ListItem>
              ))}
            </List>
          </Paper>
        ))}
      </Stack>
    </section>
  );
}

function consequences(
  { future: { count, next } }: VideoSetupView,
  from: ConnectionView,
  to: ProviderView,
  zone: string,
  now: string,
): string[] {
  const moves = words.moves(count, to.label);
  if (count === 0 || !next) return [moves];
  const first = words.first(next.subject, next.student, dayAndClock(next.startsAt, zone, now));
  const midnight = clock(`${now.slice(0, 10)}T00:00:00Z`, zone);
  return [
    `${moves} ${first}`,
    words.fade,
    words.students,
    arriving[to.id](count, midnight),
    leaving[from.provider],
  ].filter((text) => text !== null);
}
