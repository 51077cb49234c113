/** Taking one row of the ledger for one call; committed before the call, so that no crash forgets it. */
import { sql } from "kysely";
import { addSeconds } from "#lib/platform/clock.ts";
import { asService, type Trx } from "#lib/platform/db.ts";
import { connectionOf } from "#lib/records/grants/queries.ts";
import { meetingKey } from "#lib/records/meetings/key.ts";
import {
  claimMeeting,
  insertMeeting,
  type Meeting,
  meetingById,
} from "#lib/records/meetings/queries.ts";
import { CALL_LEASE_SECONDS, type MeetingState } from "#lib/records/meetings/rules.ts";
import { changeOpenMove } from "#lib/records/migrations/queries.ts";
import { lockTutor, personById } from "#lib/records/people/queries.ts";
import { type Session, sessionById } from "#lib/records/sessions/queries.ts";
import type { Context } from "#lib/services/context.ts";

export interface Claim {
  row: Meeting;
  session: Session;
  /** The tutor's, IANA. */
  timeZone: string;
  /** It counts towards the open migration. */
  inMigration: boolean;
}

/** Takes an existing row. @returns null where somebody else was quicker or it has moved on */
export function claimRow(
  ctx: Context,
  seen: Meeting,
  to: MeetingState = seen.state,
): Promise<Claim | null> {
  return asService(ctx.db, async (trx) => {
    await lockTutor(trx, seen.tutor_id);
    const now = ctx.clock();
    const row = await claimMeeting(trx, {
      id: seen.id,
      from: [seen.state],
      to,
      seenAttempts: seen.attempts,
      leaseUntil: addSeconds(now, CALL_LEASE_SECONDS),
      unsure: seen.unsure,
      now,
    });
    return row ? withLesson(trx, row, false) : null;
  });
}

/**
 * Takes the row of a create, writing it first where there is none, if the lesson still wants a meeting
 * of this grant. From here on the outcome counts as unsure until an answer says otherwise.
 */
export function claimCreate(
  ctx: Context,
  want: { tutorId: string; sessionId: string; meetingId: string | null; grantId: string },
): Promise<Claim | null> {
  return asService(ctx.db, async (trx) => {
    await lockTutor(trx, want.tutorId);
    const now = ctx.clock();
    const connection = await connectionOf(trx, want.tutorId);
    const session = await sessionById(trx, want.sessionId);
    if (!session || connection?.connection_status !== "connected") return null;
    if (connection.grant_id !== want.grantId) return null;
    const { generation } = connection;
    const leaseUntil = addSeconds(now, CALL_LEASE_SECONDS);

    let row: Meeting | undefined;
    if (want.meetingId === null) {
      const id = ctx.newId();
      row = await insertMeeting(trx, {
        ...intended(id, session, connection, now),
        attempts: 1,
        lease_until: leaseUntil,
        unsure: true,
      });
    } else {
      const seen = await meetingById(trx, want.meetingId);
      if (seen?.generation !== generation || seen.revision !== session.revision) return null;
      row = await claimMeeting(trx, {
        id: seen.id,
        from: ["intended"],
        to: "intended",
        seenAttempts: seen.attempts,
        leaseUntil,
        unsure: true,
        now,
      });
    }
    if (!row) return null;
    const [move] = await changeOpenMove(
      trx,
      { tutorId: want.tutorId, sessionId: session.id, generation },
      {
        state: "moving",
        to_meeting_id: row.id,
        attempts: row.attempts,
        next_attempt_at: null,
        started_at: sql<Date>`coalesce(started_at, ${now})`,
        updated_at: now,
      },
    );
    return withLesson(trx, row, (move?.numUpdatedRows ?? 0n) > 0n);
  });
}

/** A new row of the ledger for what this lesson wants now. */
export const intended = (
  id: string,
  session: Session,
  wish: { provider: Meeting["provider"]; grant_id: string; generation: number },
  now: Date,
) => ({
  id,
  tutor_id: session.tutor_id,
  session_id: session.id,
  provider: wish.provider,
  grant_id: wish.grant_id,
  generation: wish.generation,
  revision: session.revision,
  key: meetingKey(id),
  state: "intended" as const,
  title: session.title,
  starts_at: session.scheduled_start_at,
  duration_minutes: session.duration_minutes,
  created_at: now,
  updated_at: now,
});

async function withLesson(trx: Trx, row: Meeting, inMigration: boolean): Promise<Claim> {
  const session = await sessionById(trx, row.session_id);
  const tutor = await personById(trx, row.tutor_id);
  if (!session || !tutor) throw new Error(`Meeting ${row.id} has no lesson or no tutor`);
  return { row, session, timeZone: tutor.time_zone, inMigration };
}
