import type { SessionView } from "#lib/services/sessions/views.ts";

export type WaitingState =
  | "cancelled"
  | "missed"
  | "over"
  | "early"
  | "open"
  | "moved"
  | "preparing"
  | "waiting"
  | "failed";

type Lesson = Pick<
  SessionView,
  "status" | "scheduledEndAt" | "opensAt" | "linkState" | "movedSinceJoin"
>;

/** Why somebody can't enter the room yet or any more, by the lesson itself and the server's time. */
export function waitingState(session: Lesson, now: string): WaitingState {
  if (session.status === "CANCELLED") return "cancelled";
  if (session.status === "NO_SHOW") return "missed";
  const isOpen = session.status === "SCHEDULED" || session.status === "JOIN_OPEN";
  if (!isOpen || Date.parse(session.scheduledEndAt) <= Date.parse(now)) return "over";
  if (Date.parse(now) < Date.parse(session.opensAt)) return "early";
  switch (session.linkState) {
    case "ready":
      return session.movedSinceJoin ? "moved" : "open";
    case "over":
      return "over";
    default:
      return session.linkState;
  }
}
