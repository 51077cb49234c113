/** Whether each future lesson is as it should be. */
import type { ProviderId } from "#lib/providers/provider.ts";
import type { Meeting } from "#lib/records/meetings/queries.ts";
import type { Session } from "#lib/records/sessions/queries.ts";
import type { Context } from "#lib/services/context.ts";
import type { StraysReport } from "#lib/services/findStrays.ts";
import type { TutorBoard } from "#lib/services/reconcile/board.ts";

export interface LessonReport {
  sessionId: string;
  title: string;
  startsAt: Date;
  provider: ProviderId | null;
  /** Made by Segue, written in by hand, or none at all. */
  room: "segue" | "manual" | null;
  /** In plain words; null: as it should be. */
  problem: string | null;
}

interface Known {
  /** Lessons whose columns say something else than their room. */
  changed: ReadonlySet<string>;
  strays: StraysReport["grants"];
}

export function lessonReport(
  ctx: Context,
  board: TutorBoard,
  session: Session,
  known: Known,
): LessonReport {
  const row = board.meetings.get(session.meeting_id ?? "");
  const room = row?.state === "live" ? row : undefined;
  return {
    sessionId: session.id,
    title: session.title,
    startsAt: session.scheduled_start_at,
    provider: session.provider,
    room: room?.origin ?? null,
    problem: room
      ? problemOf(ctx, board, session, room, known)
      : whyNoRoom(board, session.id, known.changed.has(session.id)),
  };
}

function problemOf(
  ctx: Context,
  { connection, plan, meetings }: TutorBoard,
  session: Session,
  room: Meeting,
  { changed, strays }: Known,
): string | null {
  const label = ctx.providers.label(room.provider);
  if (changed.has(session.id)) return "was changed by hand; Segue takes note within a minute";
  if (room.origin === "manual") return null;
  const look = strays.find(({ grantId }) => grantId === room.grant_id);
  if (look?.looked && !look.living.includes(room.external_id ?? "")) {
    return `its room isn't at ${label} as Segue left it; Check links gives it another`;
  }
  if (room.revision < session.revision) return `${label} hasn't been told its new time yet`;
  if (room.error_code !== null) return `${label} refused its new time: ${room.error_detail}`;
  const isElsewhere =
    connection?.connection_status === "connected" && room.grant_id !== connection.grant_id;
  const isMoving =
    plan.steps.some((step) => "sessionId" in step && step.sessionId === session.id) ||
    [...meetings.values()].some((row) => row.session_id === session.id && row.state === "intended");
  return isElsewhere && !isMoving
    ? `its room is still at the previous connection (${label})`
    : null;
}

function whyNoRoom({ connection, meetings }: TutorBoard, id: string, changed: boolean): string {
  if (changed) return "has a link that leads to no provider's room";
  if (!connection) return "has no room: no provider is connected";
  if (connection.connection_status === "disconnected") return "has no room: the tutor disconnected";
  if (connection.connection_status === "needs_reconnect") {
    return "has no room: the provider has to be reconnected";
  }
  const rows = [...meetings.values()].filter((row) => row.session_id === id);
  const refused = rows.find((row) => row.state === "abandoned");
  if (refused) return `has no room: ${refused.error_detail ?? refused.error_code}`;
  const tried = rows.find((row) => row.state === "intended" && row.error_detail !== null);
  return tried ? `has no room yet: ${tried.error_detail}` : "has no room yet";
}
