"use client";
import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { JoinButton } from "#app/sessions/_parts/JoinButton.tsx";
import { hasBegun, type LessonProps, otherParty } from "#app/sessions/_parts/lesson.ts";
import { LessonMenu } from "#app/sessions/_parts/menu/LessonMenu.tsx";
import { Opening } from "#app/sessions/_parts/Opening.tsx";
import { Place } from "#app/sessions/_parts/Place.tsx";
import classes from "#app/sessions/_parts/Sessions.module.css";
import { useViewState } from "#app/sessions/_parts/viewState/useViewState.ts";
import { TextLink } from "#components/ButtonLink.tsx";
import { LessonTime } from "#components/time/Time.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";

export function NextLesson({ session, viewer }: LessonProps) {
  const words = useTranslations("sessions");
  const times = useTimes();
  const now = useNow();
  const { query } = useViewState();
  const other = otherParty(session, viewer);
  const { id, scheduledStartAt: start, scheduledEndAt: end } = session;
  return (
    <Paper p="lg" mb="xl" component="section" aria-labelledby="next" shadow="xs">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Text id="next" component="h2" size="sm" c="dimmed">
          {words(hasBegun(session, now) ? "underWay" : "next")}
        </Text>
        <LessonMenu session={session} viewer={viewer} />
      </Group>
      <Stack gap="md">
        <div>
          <Title order={3} className={classes.nextTitle} id="next-title">
            <TextLink href={`/sessions/${id}${query}`} inherit c="inherit">
              {session.subject}
            </TextLink>{" "}
            <Text span inherit fw={400}>
              {words("with", { name: other.name })}
            </Text>
          </Title>
          <Text size="lg" mt={4} component="div">
            {times.day(start, now)}, <LessonTime from={start} to={end} other={other} />
            <Text span inherit c="dimmed" className="figures">
              {" "}
              {times.soon(start, now) ?? ""}
            </Text>
          </Text>
        </div>
        <Place session={session} viewer={viewer} />
        <Group gap="md">
          <JoinButton session={session} describedBy="next-title" size="md" />
          <Opening session={session} />
        </Group>
      </Stack>
    </Paper>
  );
}
