/** Reports whether each future lesson is as it should be. */
import type { ProviderId } from "#lib/providers/provider.ts";
import type { Meeting } from "#lib/records/meetings/rules.ts";
import type { Session } from "#lib/records/sessions/rules.ts";
import type { GrantScan } from "#lib/services/drift/findOrphans.ts";
import type { TutorSnapshot } from "#lib/services/reconcile/snapshot.ts";
import { type Finding, found, type LessonReport } from "#lib/services/support/views.ts";
import type { Context } from "#lib/services/verb/context.ts";

interface Known {
  /** The lessons whose columns don't match their room. */
  changed: ReadonlySet<string>;
  scans: GrantScan[];
}

export function lessonReport(
  ctx: Context,
  snapshot: TutorSnapshot,
  session: Session,
  known: Known,
): LessonReport {
  const row = snapshot.meetings.get(session.meeting_id ?? "");
  const room = row?.state === "live" ? row : undefined;
  const lesson = {
    id: session.id,
    title: session.title,
    startsAt: session.scheduled_start_at.toISOString(),
  };
  const problem = room
    ? problemOf(snapshot, session, room, known)
    : whyNoRoom(snapshot, session.id, known.changed.has(session.id));
  return {
    ...lesson,
    status: session.status,
    provider: session.provider,
    opens: opens(ctx, session),
    hasLink: session.join_url !== null,
    room: room ? { origin: room.origin, externalId: room.external_id } : null,
    updatedAt: session.updated_at.toISOString(),
    problem: problem && { ...problem, lesson },
  };
}

const opens = (ctx: Context, { join_url: link }: Session): ProviderId | null =>
  link !== null && URL.canParse(link) ? ctx.providers.ownerOf(link) : null;

/**
 * Compares what the Join button would open with what the lesson says. Null if they agree or there is no link
 * yet.
 */
export function joinProblem({ id, title, startsAt, ...lesson }: LessonReport): Finding | null {
  if (!lesson.hasLink || (lesson.opens !== null && lesson.opens === lesson.provider)) return null;
  return found(lesson.opens === null ? "join_nowhere" : "join_elsewhere", {
    lesson: { id, title, startsAt },
    provider: lesson.provider,
    opens: lesson.opens,
  });
}

function problemOf(
  { connection, plan, meetings }: TutorSnapshot,
  session: Session,
  room: Meeting,
  { changed, scans }: Known,
): Finding | null {
  const { provider } = room;
  if (changed.has(session.id)) return found("changed_by_hand");
  if (room.origin === "manual") return null;
  const scan = scans.find(({ grantId }) => grantId === room.grant_id);
  if (scan?.looked && !scan.living.includes(room.external_id ?? "")) {
    return found("room_gone", { provider });
  }
  if (room.revision < session.revision) return found("time_untold", { provider });
  if (room.error_code !== null) {
    return found("time_refused", { provider, detail: room.error_detail ?? room.error_code });
  }
  const isElsewhere =
    connection?.connection_status === "connected" && room.grant_id !== connection.grant_id;
  const isMoving =
    plan.missing.includes(session.id) ||
    plan.steps.some((step) => "sessionId" in step && step.sessionId === session.id) ||
    [...meetings.values()].some((row) => row.session_id === session.id && row.state === "intended");
  return isElsewhere && !isMoving ? found("elsewhere", { provider }) : null;
}

function whyNoRoom({ connection, meetings }: TutorSnapshot, id: string, changed: boolean): Finding {
  if (changed) return found("link_to_nowhere");
  if (!connection) return found("no_room_unconnected");
  const { connection_status: status, provider } = connection;
  if (status === "disconnected") return found("no_room_disconnected", { provider });
  if (status === "needs_reconnect") return found("no_room_reconnect", { provider });
  const rows = [...meetings.values()].filter((row) => row.session_id === id);
  const refused = rows.find((row) => row.state === "abandoned");
  if (refused) {
    const detail = refused.error_detail ?? refused.error_code;
    return found("no_room_refused", { provider: refused.provider, detail });
  }
  const tried = rows.find((row) => row.state === "intended");
  return found("no_room_yet", { provider, detail: tried?.error_detail ?? null });
}
