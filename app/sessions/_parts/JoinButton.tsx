"use client";
import { Button, type ButtonProps } from "@mantine/core";
import { clock, dayAndClock, dayKey } from "#components/time.ts";
import { sessionWords as words } from "#components/words/sessions.ts";
import type { SessionView } from "#lib/services/views.ts";
import { isJoinable } from "./lesson.ts";

interface Props extends Pick<ButtonProps, "size"> {
  session: SessionView;
  zone: string;
  now: string;
  /** Id of the text that names the lesson. */
  describedBy: string;
}

/** Opens the stable link in a new tab as soon as the room opens; until then it says when that is. */
export function JoinButton({ session, zone, now, describedBy, size }: Props) {
  if (isJoinable(session, now)) {
    return (
      <Button
        component="a"
        href={session.joinUrl}
        target="_blank"
        rel="noopener"
        aria-describedby={describedBy}
        {...(size ? { size } : {})}
      >
        {words.join}
      </Button>
    );
  }
  const { opensAt, scheduledStartAt } = session;
  // The lesson's own day stands beside the button; only another one has to be named.
  const isSameDay = dayKey(opensAt, zone) === dayKey(scheduledStartAt, zone);
  return (
    <Button disabled aria-describedby={describedBy} {...(size ? { size } : {})}>
      {words.opensAt(isSameDay ? clock(opensAt, zone) : dayAndClock(opensAt, zone, now))}
    </Button>
  );
}
