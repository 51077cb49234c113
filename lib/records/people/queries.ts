import { sql } from "kysely";
import type { Queryable, Trx } from "#lib/platform/db.ts";

export const personById = (q: Queryable, id: string) =>
  q
    .selectFrom("people")
    .select(["id", "name", "email", "role", "time_zone", "language"])
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

/**
 * The addresses of the tutor and of everybody who has ever booked a lesson with them, including guardians.
 */
export async function addressesAround(q: Queryable, tutorId: string): Promise<string[]> {
  const rows = await q
    .selectFrom("people as p")
    .leftJoin("private.asks as ask", (join) =>
      join.onRef("ask.asker_id", "=", "p.id").on("ask.ended_at", "is", null),
    )
    .select(["p.email", "ask.email as asked_email"])
    .where((eb) =>
      eb.or([
        eb("p.id", "=", tutorId),
        eb.exists(
          eb
            .selectFrom("bookings as b")
            .select("b.id")
            .where("b.tutor_id", "=", tutorId)
            .whereRef("b.student_id", "=", "p.id"),
        ),
      ]),
    )
    .execute();
  return rows.flatMap(({ email, asked_email: asked }) =>
    asked === null ? [email] : [email, asked],
  );
}

/** Only the names that the asking person may see. */
export const namesOf = (q: Queryable, ids: string[]) =>
  q.selectFrom("people").select(["id", "name"]).where("id", "in", ids).execute();

export const listTutors = (q: Queryable) =>
  q
    .selectFrom("people")
    .select(["id", "name", "time_zone"])
    .where("role", "=", "tutor")
    .orderBy("name")
    .orderBy("id")
    .execute();

export async function updatePerson(
  trx: Trx,
  id: string,
  change: { name?: string; time_zone?: string; language?: string },
  now: Date,
): Promise<void> {
  await trx
    .updateTable("people")
    .set({ ...change, updated_at: now })
    .where("id", "=", id)
    .execute();
}

export const makePersonAdmin = (trx: Trx, email: string) =>
  trx
    .updateTable("people")
    .set({ role: "admin" })
    .where("email", "=", email)
    .returning(["id", "name", "email", "role"])
    .executeTakeFirst();

/**
 * Every transaction that changes a tutor's desired state, lessons or ledger takes this lock first, so that
 * such transactions run one after the other and in one lock order. It is held to the end of the transaction.
 */
export async function lockTutor(trx: Trx, tutorId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${tutorId}, 0))`.execute(trx);
}
