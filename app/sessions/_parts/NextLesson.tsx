"use client";
import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import { LessonTime } from "#components/Time.tsx";
import { countdown, day, dayKey, soon } from "#components/time.ts";
import { sessionWords as words } from "#components/words/sessions.ts";
import type { SessionView } from "#lib/services/views.ts";
import { JoinButton } from "./JoinButton.tsx";
import { LessonMenu } from "./LessonMenu.tsx";
import { isJoinable, isTutorOf, otherParty, type Viewer } from "./lesson.ts";
import { Place } from "./Place.tsx";
import classes from "./Sessions.module.css";

interface Props {
  session: SessionView;
  viewer: Viewer;
  now: string;
}

export function NextLesson({ session, viewer, now }: Props) {
  const other = otherParty(session, viewer);
  const { scheduledStartAt: start, scheduledEndAt: end } = session;
  return (
    <Paper p="lg" mb="xl" component="section" aria-labelledby="next" shadow="xs">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Text id="next" component="h2" size="sm" c="dimmed">
          {words.next}
        </Text>
        {isTutorOf(session, viewer) ? (
          <LessonMenu session={session} viewer={viewer} now={now} />
        ) : null}
      </Group>
      <Stack gap="md">
        <div>
          <Title order={3} className={classes.nextTitle} id="next-title">
            {session.subject}{" "}
            <Text span inherit fw={400}>
              {words.with(other.name)}
            </Text>
          </Title>
          <Text size="lg" mt={4} component="div">
            {day(start, viewer.zone, now)},{" "}
            <LessonTime from={start} to={end} zone={viewer.zone} now={now} other={other} />
            <Text span inherit c="dimmed" className="figures">
              {" "}
              {soon(start, viewer.zone, now) ?? ""}
            </Text>
          </Text>
        </div>
        <Place session={session} viewer={viewer} />
        <Group gap="md">
          <JoinButton
            session={session}
            zone={viewer.zone}
            now={now}
            describedBy="next-title"
            size="md"
          />
          <Opening session={session} zone={viewer.zone} now={now} />
        </Group>
      </Stack>
    </Paper>
  );
}

/** The countdown, on the day itself. */
function Opening({ session, zone, now }: { session: SessionView; zone: string; now: string }) {
  if (isJoinable(session, now)) {
    return (
      <Text size="sm" c="var(--segue-good)" role="status">
        {words.open}
      </Text>
    );
  }
  if (dayKey(session.opensAt, zone) !== dayKey(now, zone)) return null;
  return (
    <Text size="sm" c="dimmed" className="figures" role="timer">
      {words.opensIn(countdown(session.opensAt, now))}
    </Text>
  );
}
