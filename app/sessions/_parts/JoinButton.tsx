"use client";
import { Button, type ButtonProps } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { SessionView } from "#lib/services/sessions/views.ts";
import { isAhead, isJoinable } from "./lesson.ts";

interface Props extends Pick<ButtonProps, "size"> {
  session: SessionView;
  /** The id of the text that names the lesson. */
  describedBy: string;
  onJoin?: () => void;
  /**
   * Whether what the room asks for stands beside the button. The server tells it for as long as people may be
   * inside, which is a little longer than the lesson.
   */
  withPasscode?: boolean;
}

/** Opens the stable link in a new tab once the room is open; until then it says when that will be. */
export function JoinButton({ session, describedBy, size, onJoin, withPasscode = false }: Props) {
  const words = useTranslations("sessions");
  const times = useTimes();
  const now = useNow();
  const isOver = !isAhead(session, now);
  if (isJoinable(session, now) || (withPasscode && isOver)) {
    return (
      <Button
        component="a"
        href={withPasscode ? `${session.joinUrl}?with=passcode` : session.joinUrl}
        target="_blank"
        rel="noopener"
        aria-describedby={describedBy}
        onClick={onJoin}
        {...(size ? { size } : {})}
      >
        {words(session.movedSinceJoin ? "joinAgain" : "join")}
      </Button>
    );
  }
  const { opensAt, scheduledStartAt } = session;
  // The lesson's own day stands beside the button, so only another day has to be named.
  const isSameDay = times.dayKey(opensAt) === times.dayKey(scheduledStartAt);
  const when = times.when(opensAt, isSameDay ? scheduledStartAt : now);
  return (
    <Button disabled aria-describedby={describedBy} {...(size ? { size } : {})}>
      {words("opensAt", { when })}
    </Button>
  );
}
