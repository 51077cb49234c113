/** Taking one row of the ledger for one call; committed before the call, so that no crash forgets it. */

import { sql } from "kysely";
import { addSeconds } from "#lib/platform/clock.ts";
import { asService, type Trx } from "#lib/platform/db.ts";
import { CALL_LEASE_SECONDS } from "#lib/platform/patience.ts";
import { claimMeeting } from "#lib/records/meetings/queries.ts";
import { isUnknownRefusal, type Meeting, type MeetingState } from "#lib/records/meetings/rules.ts";
import { changeOpenMove } from "#lib/records/migrations/queries.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import { type Standing, standingOf } from "#lib/records/sessions/queries/standing.ts";
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

/**
 * Takes a row. For a create its lesson must still want this meeting, and from here on the outcome counts as unknown until
 * an answer says otherwise.
 * @returns null where somebody else was quicker or it has moved on
 */
export function claimRow(
  ctx: Context,
  seen: Meeting,
  { to = seen.state, isCreate = false }: { to?: MeetingState; isCreate?: boolean } = {},
): Promise<Claim | null> {
  return asService(ctx.db, async (trx) => {
    await lockTutor(trx, seen.tutor_id);
    const session = await standingOf(trx, seen.session_id);
    if (isCreate && !isDesired(seen, session)) return null;
    const now = ctx.clock();
    const row = await claimMeeting(trx, {
      id: seen.id,
      from: seen.state,
      to,
      seen,
      leaseUntil: addSeconds(now, CALL_LEASE_SECONDS),
      outcomeUnknown: isCreate || seen.outcome_unknown,
      now,
    });
    if (!row) return null;
    if (!session) throw new Error(`Meeting ${row.id} has no lesson or no tutor`);
    return {
      row,
      session,
      timeZone: zoneFor(row, session.tutor_time_zone),
      inMigration: isCreate && (await beginMove(trx, row, now)),
      outcomeWasUnknown: seen.outcome_unknown,
    };
  });
}

/** Within the tutor's lock: whether the lesson still wants the meeting that this row was written for. */
const isDesired = (row: Meeting, session: Standing | undefined): session is Standing =>
  session !== undefined &&
  isOpen(session.status) &&
  session.revision === row.revision &&
  session.desired_status === "connected" &&
  session.desired_grant_id === row.grant_id &&
  session.desired_generation === row.generation;

/** @returns whether the lesson has a place in the open migration */
const beginMove = (trx: Trx, row: Meeting, now: Date): Promise<boolean> =>
  changeOpenMove(
    trx,
    row,
    {
      state: "moving",
      to_meeting_id: row.id,
      attempts: row.attempts,
      next_attempt_at: null,
      started_at: sql<Date>`coalesce(started_at, ${now})`,
    },
    now,
  );

/**
 * A zone that only earlier versions took is none at a provider, which would refuse the whole meeting. Nor may it know one
 * that is new. The zone is only for display, so what was refused for unknown reasons is sent without it.
 */
const zoneFor = (row: Meeting, zone: string): string =>
  isZoneName(zone) && !isUnknownRefusal(row) ? zone : "UTC";
