import { sql, type Updateable } from "kysely";
import type { People } from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import { onPage, type Page } from "#lib/platform/paging.ts";

/** Only the service role and the owner reach addresses. */
const withAddress = (q: Queryable) =>
  q.selectFrom("people").innerJoin("private.addresses", "person_id", "id");

export const personById = (q: Queryable, id: string) =>
  withAddress(q)
    .select(["id", "name", "email", "role", "time_zone", "language", "clock_hours"])
    .select(["confirmed_at", "signed_up_unasked", "cancel_until_hours"])
    .where("id", "=", id)
    .executeTakeFirst();

/** Nobody deletes them before the transaction ends. Undefined for somebody who is deleted at this moment. */
export const keepPerson = (trx: Trx, id: string) =>
  trx.selectFrom("people").select("id").where("id", "=", id).forKeyShare().executeTakeFirst();

export const tutorByIdOrEmail = (q: Queryable, who: string) =>
  withAddress(q)
    .select(["id", "name", "email", "confirmed_at"])
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
    .innerJoin("private.addresses as a", "a.person_id", "p.id")
    .leftJoin("private.asks as ask", (join) =>
      join.onRef("ask.asker_id", "=", "p.id").on("ask.ended_at", "is", null),
    )
    .select(["a.email", "ask.email as asked_email"])
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

export async function countTutors(q: Queryable): Promise<number> {
  const { count } = await q
    .selectFrom("people")
    .select((eb) => eb.fn.countAll().as("count"))
    .where("role", "=", "tutor")
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** By name; one more than the page holds. */
export const listTutors = (q: Queryable, page: Page) =>
  onPage(
    q.selectFrom("people").select(["id", "name", "time_zone"]).where("role", "=", "tutor"),
    page,
    { by: sql.ref("name"), id: sql.ref("id"), direction: "asc" },
  ).execute();

/** Until how many hours before a lesson the tutor's students may cancel it. */
export const tutorsNotice = (q: Queryable, tutorId: string) =>
  q
    .selectFrom("people")
    .select(["name", "cancel_until_hours"])
    .where("id", "=", tutorId)
    .executeTakeFirstOrThrow();

export async function updatePerson(
  trx: Trx,
  id: string,
  change: Updateable<People>,
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
    .updateTable("people as p")
    .from("private.addresses as a")
    .set({ role: "admin" })
    .whereRef("a.person_id", "=", "p.id")
    .where("a.email", "=", email)
    .where("p.confirmed_at", "is not", null)
    .returning(["p.id", "p.name", "a.email", "p.role"])
    .executeTakeFirst();

/** Whoever runs this installation, as far as their mailboxes have answered. */
export const administrators = (q: Queryable) =>
  q
    .selectFrom("people")
    .select("id")
    .where("role", "=", "admin")
    .where("confirmed_at", "is not", null)
    .orderBy("id")
    .execute();

/** The mailbox has answered. @returns whether for the first time */
export async function setConfirmed(trx: Trx, id: string, now: Date): Promise<boolean> {
  const row = await trx
    .updateTable("people")
    .set({ confirmed_at: now })
    .where("id", "=", id)
    .where("confirmed_at", "is", null)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

export const setAddress = (trx: Trx, personId: string, email: string) =>
  trx.updateTable("private.addresses").set({ email }).where("person_id", "=", personId).execute();

/** Of everybody who has signed up. */
export const allAddresses = (q: Queryable) =>
  q.selectFrom("private.addresses").select("email").execute();

/**
 * Every transaction that changes a tutor's desired state, lessons or ledger takes this lock first, so that
 * such transactions run one after the other and in one lock order. It is held to the end of the transaction.
 */
export async function lockTutor(trx: Trx, tutorId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${tutorId}, 0))`.execute(trx);
}
