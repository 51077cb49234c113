"use client";
import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { JoinButton } from "#app/sessions/_parts/JoinButton.tsx";
import {
  isAhead,
  isJoinable,
  type LessonProps,
  mayBeChanged,
  otherParty,
  statusAt,
} from "#app/sessions/_parts/lesson.ts";
import { LessonMenu } from "#app/sessions/_parts/menu/LessonMenu.tsx";
import { Place } from "#app/sessions/_parts/Place.tsx";
import classes from "#app/sessions/_parts/Sessions.module.css";
import { useViewState } from "#app/sessions/_parts/viewState/useViewState.ts";
import { TextLink } from "#components/ButtonLink.tsx";
import { LessonTime } from "#components/time/Time.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";

/** What every lesson ahead shares isn't said of each: that it is scheduled, and that its room opens later. */
export function LessonRow({ session, viewer }: LessonProps) {
  const words = useTranslations("sessions");
  const asking = useTranslations("asking");
  const times = useTimes();
  const now = useNow();
  const { query } = useViewState();
  const other = otherParty(session, viewer);
  const { id, scheduledStartAt: start, scheduledEndAt: end, status } = session;
  const ahead = isAhead(session, now);
  const shownStatus = statusAt(session, now);
  return (
    <li className={classes.lesson} data-status={status}>
      <Text component="div" size="sm" className={classes.when}>
        <LessonTime from={start} to={end} other={other} />
        <Text span size="xs" c="dimmed" display="block">
          {ahead ? times.soon(start, now) : null}
        </Text>
      </Text>
      <div>
        <Text id={`lesson-${id}`}>
          <TextLink
            href={`/sessions/${id}${query}`}
            prefetch={false}
            c="inherit"
            className={classes.subject}
          >
            {session.subject}
          </TextLink>{" "}
          {words("with", { name: other.name })}
        </Text>
        <Place session={session} viewer={viewer} />
        {session.changeRequest?.status === "open" ? (
          <Text size="sm" c="var(--segue-wait)">
            {asking("waits", { when: times.dayAndClock(session.changeRequest.startsAt, now) })}
          </Text>
        ) : null}
      </div>
      <div className={classes.doing}>
        {shownStatus === "SCHEDULED" ? null : (
          <Text size="sm" c="dimmed">
            {words(`status.${shownStatus}`)}
          </Text>
        )}
        {isJoinable(session, now) ? (
          <JoinButton session={session} describedBy={`lesson-${id}`} size="xs" />
        ) : null}
        {mayBeChanged(session, viewer, now) ? (
          <LessonMenu session={session} viewer={viewer} />
        ) : null}
      </div>
    </li>
  );
}
