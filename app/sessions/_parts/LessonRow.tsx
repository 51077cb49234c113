"use client";
import { Text } from "@mantine/core";
import { LessonTime } from "#components/Time.tsx";
import { soon } from "#components/time.ts";
import { sessionWords as words } from "#components/words/sessions.ts";
import type { SessionView } from "#lib/services/views.ts";
import { JoinButton } from "./JoinButton.tsx";
import { LessonMenu } from "./LessonMenu.tsx";
import { hasBegun, isAhead, isTutorOf, otherParty, type Viewer } from "./lesson.ts";
import { Place } from "./Place.tsx";
import classes from "./Sessions.module.css";

interface Props {
  session: SessionView;
  viewer: Viewer;
  now: string;
}

export function LessonRow({ session, viewer, now }: Props) {
  const other = otherParty(session, viewer);
  const { id, scheduledStartAt: start, scheduledEndAt: end, status } = session;
  const ahead = isAhead(session, now);
  const mayChange = isTutorOf(session, viewer) && (ahead || canBeMissed(session, now));
  return (
    <li className={classes.lesson} data-status={status}>
      <Text component="div" size="sm" className={classes.when}>
        <LessonTime from={start} to={end} zone={viewer.zone} now={now} other={other} />
        <Text span size="xs" c="dimmed" display="block">
          {ahead ? soon(start, viewer.zone, now) : null}
        </Text>
      </Text>
      <div>
        <Text id={`lesson-${id}`}>
          <strong className={classes.subject}>{session.subject}</strong> {words.with(other.name)}
        </Text>
        <Place session={session} viewer={viewer} />
      </div>
      <div className={classes.doing}>
        {ahead ? (
          <>
            <Text size="sm" c="dimmed" className={classes.status}>
              {words.status[status]}
            </Text>
            <JoinButton
              session={session}
              zone={viewer.zone}
              now={now}
              describedBy={`lesson-${id}`}
              size="xs"
            />
          </>
        ) : (
          <Text size="sm" c="dimmed">
            {words.status[isHeld(session) ? "COMPLETED" : status]}
          </Text>
        )}
        {mayChange ? <LessonMenu session={session} viewer={viewer} now={now} /> : null}
      </div>
    </li>
  );
}

/** Over by the clock, though the server hasn't noted it yet. */
const isHeld = ({ status }: SessionView): boolean =>
  status === "SCHEDULED" || status === "JOIN_OPEN";

const canBeMissed = (session: SessionView, now: string): boolean =>
  hasBegun(session, now) && session.status !== "CANCELLED" && session.status !== "NO_SHOW";
