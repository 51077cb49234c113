/** The way into a lesson's room, whoever asks for it and however they come. */
import { asService } from "#lib/platform/db.ts";
import { insertJoin, studentNow } from "#lib/records/sessions/queries.ts";
import { opensAt, roomNeededUntil, type Session } from "#lib/records/sessions/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";

/** The room's address, as guests get it; null while nobody may enter, or there is none. */
export function guestsWayIn(ctx: Context, session: Session): string | null {
  const { join_url: joinUrl } = session;
  // A link that no provider of ours owns was written in by hand, and people aren't sent just anywhere.
  const isOurs = joinUrl !== null && ctx.providers.ownerOf(joinUrl) !== null;
  return isOurs && isDoorOpen(ctx, session) ? joinUrl : null;
}

function isDoorOpen(ctx: Context, session: Session): boolean {
  const now = ctx.clock();
  return (
    session.status !== "CANCELLED" &&
    session.status !== "NO_SHOW" &&
    opensAt(session.scheduled_start_at, ctx.config.joinOpensMinutesBefore) <= now &&
    now < roomNeededUntil(session)
  );
}

/**
 * `personId`: null for the lesson's student, whoever that is by now. Best effort: a join that can't be recorded keeps nobody out of the
 * room.
 */
export async function recordJoin(
  ctx: Context,
  { id, meeting_id: meetingId }: Pick<Session, "id" | "meeting_id">,
  { personId, asGuardian }: { personId: string | null; asGuardian: boolean },
): Promise<void> {
  if (!meetingId) return;
  try {
    await asService(ctx.db, async (trx) =>
      insertJoin(trx, {
        session_id: id,
        person_id: personId ?? (await studentNow(trx, id)),
        as_guardian: asGuardian,
        meeting_id: meetingId,
        joined_at: ctx.clock(),
      }),
    );
  } catch (error) {
    ctx.log.error(
      { sessionId: id, personId, meetingId, err: error },
      "A join could not be recorded",
    );
  }
}
