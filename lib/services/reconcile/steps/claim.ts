/** Taking one row of the ledger for one call; committed before the call, so that no crash forgets it. */

import { sql } from "kysely";
import { addSeconds } from "#lib/platform/clock.ts";
import { asService, type Trx } from "#lib/platform/db.ts";
import { CALL_LEASE_SECONDS } from "#lib/platform/patience.ts";
import { connectionOf } from "#lib/records/grants/queries.ts";
import type { Connection } from "#lib/records/grants/rules.ts";
import { intendedRow } from "#lib/records/meetings/queries/rows.ts";
import {
  claimMeeting,
  insertMeeting,
  isAskedFor,
  meetingById,
} from "#lib/records/meetings/queries.ts";
import { isUnknownRefusal, type Meeting, type MeetingState } from "#lib/records/meetings/rules.ts";
import { changeOpenMove } from "#lib/records/migrations/queries.ts";
import { lockTutor, personById } from "#lib/records/people/queries.ts";
import { sessionById } from "#lib/records/sessions/queries.ts";
import { isOpen, type Session } from "#lib/records/sessions/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { isZoneName } from "#lib/services/verb/input.ts";

export interface Claim {
  row: Meeting;
  session: Session;
  /** The tutor's, IANA. */
  timeZone: string;
  /** It counts towards the open migration. */
  inMigration: boolean;
  /** An earlier create of this row may have been carried out: its answer was lost. */
  outcomeWasUnknown: boolean;
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
      outcome_unknown: seen.outcome_unknown,
      now,
    });
    return row
      ? withLesson(trx, row, { inMigration: false, outcomeWasUnknown: row.outcome_unknown })
      : null;
  });
}

export interface WantedMeeting {
  tutorId: string;
  sessionId: string;
  /** Null: its row isn't written yet. */
  meetingId: string | null;
  grantId: string;
}

/** Within the tutor's lock. @returns null where the lesson wants no meeting of this grant any more */
export async function stillDesired(trx: Trx, want: WantedMeeting) {
  const connection = await connectionOf(trx, want.tutorId);
  const session = await sessionById(trx, want.sessionId);
  if (!session || !isOpen(session.status)) return null;
  if (connection?.connection_status !== "connected") return null;
  return connection.grant_id === want.grantId ? { session, connection } : null;
}

/**
 * Takes the row of a create, writing it first where there is none, if the lesson still wants a meeting
 * of this grant. From here on the outcome counts as unsure until an answer says otherwise.
 */
export function claimCreate(ctx: Context, want: WantedMeeting): Promise<Claim | null> {
  return asService(ctx.db, async (trx) => {
    await lockTutor(trx, want.tutorId);
    const now = ctx.clock();
    const desired = await stillDesired(trx, want);
    if (!desired) return null;
    const { session, connection } = desired;
    const seen = want.meetingId === null ? null : await meetingById(trx, want.meetingId);
    const row = await (seen === null
      ? insertClaimed(ctx, trx, session, connection, now)
      : claimIntended(trx, seen, session, connection, now));
    if (!row) return null;
    const [move] = await changeOpenMove(
      trx,
      { tutorId: want.tutorId, sessionId: session.id, generation: connection.generation },
      {
        state: "moving",
        to_meeting_id: row.id,
        attempts: row.attempts,
        next_attempt_at: null,
        started_at: sql<Date>`coalesce(started_at, ${now})`,
        updated_at: now,
      },
    );
    const inMigration = (move?.numUpdatedRows ?? 0n) > 0n;
    return withLesson(trx, row, { inMigration, outcomeWasUnknown: seen?.outcome_unknown ?? false });
  });
}

async function insertClaimed(
  ctx: Context,
  trx: Trx,
  session: Session,
  desired: Connection,
  now: Date,
): Promise<Meeting | undefined> {
  if (await isAskedFor(trx, session, desired)) return undefined;
  return insertMeeting(trx, {
    ...intendedRow(ctx.newId(), session, desired, now),
    attempts: 1,
    lease_until: addSeconds(now, CALL_LEASE_SECONDS),
    outcome_unknown: true,
  });
}

async function claimIntended(
  trx: Trx,
  seen: Meeting | undefined,
  session: Session,
  desired: Connection,
  now: Date,
): Promise<Meeting | undefined> {
  if (seen?.generation !== desired.generation || seen.revision !== session.revision)
    return undefined;
  return claimMeeting(trx, {
    id: seen.id,
    from: ["intended"],
    to: "intended",
    seenAttempts: seen.attempts,
    leaseUntil: addSeconds(now, CALL_LEASE_SECONDS),
    outcome_unknown: true,
    now,
  });
}

async function withLesson(
  trx: Trx,
  row: Meeting,
  known: Pick<Claim, "inMigration" | "outcomeWasUnknown">,
): Promise<Claim> {
  const session = await sessionById(trx, row.session_id);
  const tutor = await personById(trx, row.tutor_id);
  if (!session || !tutor) throw new Error(`Meeting ${row.id} has no lesson or no tutor`);
  // A zone that only earlier versions took is none at a provider, which would refuse the whole meeting. Nor may it know
  // one that is new. The zone is only for display, so what was refused for unknown reasons is sent without it.
  const isTaken = isZoneName(tutor.time_zone) && !isUnknownRefusal(row);
  const timeZone = isTaken ? tutor.time_zone : "UTC";
  return { row, session, timeZone, ...known };
}
