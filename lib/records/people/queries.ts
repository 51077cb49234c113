import { sql } from "kysely";
import type { Queryable, Trx } from "#lib/platform/db.ts";

export const personById = (q: Queryable, id: string) =>
  q
    .selectFrom("people")
    .select(["id", "name", "email", "role", "time_zone"])
    .where("id", "=", id)
    .executeTakeFirst();

export const tutorByIdOrEmail = (q: Queryable, who: string) =>
  q
    .selectFrom("people")
    .select(["id", "name", "email"])
    .where("role", "=", "tutor")
    .where((eb) =>
      eb.or([eb(eb.cast<string>("id", "text"), "=", who), eb("email", "=", who.toLowerCase())]),
    )
    .executeTakeFirst();

export const listTutors = (q: Queryable) =>
  q
    .selectFrom("people")
    .select(["id", "name", "time_zone"])
    .where("role", "=", "tutor")
    .orderBy("name")
    .orderBy("id")
    .execute();

/** The sign-in's copy of the name follows, so that both say the same. */
export async function updatePerson(
  trx: Trx,
  id: string,
  change: { name?: string; time_zone?: string },
  now: Date,
): Promise<void> {
  await trx
    .updateTable("people")
    .set({ ...change, updated_at: now })
    .where("id", "=", id)
    .execute();
}

/**
 * Every transaction that changes a tutor's wish, lessons or ledger takes this first, so that they
 * happen one after the other and in one lock order. Held to the end of the transaction.
 */
export async function lockTutor(trx: Trx, tutorId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${tutorId}, 0))`.execute(trx);
}
