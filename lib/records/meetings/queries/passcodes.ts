/** What people type in to get into rooms whose links lack it, sealed; see the paragraph at its table. */
import { sql } from "kysely";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import { openStatuses } from "#lib/records/sessions/rules.ts";

export interface SealedPasscode {
  meeting_id: string;
  sealed: string;
}

const TABLE = "private.meeting_passcodes";

export const putPasscode = (trx: Trx, row: SealedPasscode) =>
  trx
    .insertInto(TABLE)
    .values(row)
    .onConflict((on) => on.column("meeting_id").doUpdateSet({ sealed: row.sealed }))
    .execute();

export const deletePasscode = (trx: Trx, meetingId: string) =>
  trx.deleteFrom(TABLE).where("meeting_id", "=", meetingId).execute();

export const passcodesOf = (q: Queryable, meetingIds: string[]): Promise<SealedPasscode[]> =>
  q
    .selectFrom(TABLE)
    .select(["meeting_id", "sealed"])
    .where("meeting_id", "=", sql<string>`any(${meetingIds}::uuid[])`)
    .execute();

/** That of the room which the lesson's link leads to; nobody needs it once people have left. */
export const passcodeOfLesson = (
  q: Queryable,
  of: { sessionId: string; endsAfter: Date },
): Promise<SealedPasscode | undefined> =>
  q
    .selectFrom("sessions as s")
    .innerJoin("meetings as m", (join) =>
      join.onRef("m.id", "=", "s.meeting_id").onRef("m.join_url", "=", "s.join_url"),
    )
    .innerJoin(`${TABLE} as p`, "p.meeting_id", "m.id")
    .select(["p.meeting_id", "p.sealed"])
    .where("s.id", "=", of.sessionId)
    .where("s.status", "not in", ["CANCELLED", "NO_SHOW"])
    .where("s.scheduled_end_at", ">", of.endsAfter)
    .executeTakeFirst();

/** How many future lessons are in rooms of this connection's provider that we made and that ask for one. */
export async function lessonsWithPasscode(
  q: Queryable,
  of: { tutorId: string; provider: ProviderId },
  now: Date,
): Promise<number> {
  const { count } = await q
    .selectFrom("sessions as s")
    .innerJoin("meetings as m", "m.id", "s.meeting_id")
    .innerJoin(`${TABLE} as p`, "p.meeting_id", "m.id")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("s.tutor_id", "=", of.tutorId)
    .where("s.status", "in", openStatuses)
    .where("s.scheduled_start_at", ">=", now)
    .where("m.origin", "=", "segue")
    .where("m.provider", "=", of.provider)
    .executeTakeFirstOrThrow();
  return count;
}

/** That of any room of the tutor which this link leads to. */
export const passcodeOfLink = (
  q: Queryable,
  of: { tutorId: string; joinUrl: string },
): Promise<SealedPasscode | undefined> =>
  q
    .selectFrom("meetings as m")
    .innerJoin(`${TABLE} as p`, "p.meeting_id", "m.id")
    .select(["p.meeting_id", "p.sealed"])
    .where("m.tutor_id", "=", of.tutorId)
    .where("m.join_url", "=", of.joinUrl)
    .orderBy("m.created_at", "desc")
    .executeTakeFirst();

export const sealedPasscodes = (q: Queryable): Promise<SealedPasscode[]> =>
  q.selectFrom(TABLE).select(["meeting_id", "sealed"]).execute();

/** @returns false where it has been replaced or erased since it was `seen` */
export async function replacePasscode(
  trx: Trx,
  { meeting_id: meetingId, sealed: seen }: SealedPasscode,
  sealed: string,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable(TABLE)
    .set({ sealed })
    .where("meeting_id", "=", meetingId)
    .where("sealed", "=", seen)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Those of rooms that are gone, or whose lesson ended before `endedBefore`. */
export const erasePasscodes = (trx: Trx, endedBefore: Date) =>
  trx
    .deleteFrom(TABLE)
    .using("meetings as m")
    .whereRef("m.id", "=", `${TABLE}.meeting_id`)
    .where("m.closed_at", "is not", null)
    .where((eb) => eb.or([eb("m.state", "<>", "ended"), eb("m.closed_at", "<=", endedBefore)]))
    .execute();
