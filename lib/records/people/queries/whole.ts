/** A person as a whole: whether anything hangs on them, and their removal. */
import { sql } from "kysely";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import { lockAsker } from "#lib/records/asking/queries/asks.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import { dropUnsigned, leaveUnsigned } from "#lib/records/students/queries/places.ts";

/**
 * False once they ever had a booking, a lesson or a connection, in whatever state it is now. Locks the person,
 * so that nothing can begin to hang on them before the transaction ends.
 * @param unconfirmed whether it is asked because nobody has confirmed the address, which may happen meanwhile
 */
export async function mayVanish(
  trx: Trx,
  personId: string,
  { unconfirmed = false } = {},
): Promise<boolean> {
  // Tutors who write about this student, or enter lessons, take theirs before they need the person.
  const tutors = await sql<{ id: string }>`
    select tutor_id as id from tutor_students where student_id = ${personId} order by 1`.execute(
    trx,
  );
  for (const { id } of tutors.rows) await lockAsker(trx, id);
  for (const { id } of tutors.rows) await lockTutor(trx, id);
  // By a statement of its own: what was written while it waits for the lock, it wouldn't see.
  await trx.selectFrom("people").select("id").where("id", "=", personId).forUpdate().execute();
  const { rows } = await sql`
    select p.id from people p
    where p.id = ${personId} and p.role <> 'admin' and (not ${unconfirmed} or p.confirmed_at is null)
      and not exists (select from bookings b where p.id in (b.tutor_id, b.student_id))
      and not exists (select from sessions s where p.id in (s.tutor_id, s.student_id))
      and not exists (select from tutor_video_provider_connections c where c.tutor_id = p.id)
      and not exists (select from retired_video_provider_connections r where r.tutor_id = p.id)`.execute(
    trx,
  );
  return rows.length > 0;
}

/**
 * The first lock that a transaction about an account takes: the person, then the password, then the counts of the
 * mailboxes. Whoever deletes the account takes them in this order, too.
 */
export async function lockPerson(trx: Trx, id: string): Promise<void> {
  // Rows that begin to hang on the person don't have to wait for it: only whoever deletes them does that.
  await trx.selectFrom("people").select("id").where("id", "=", id).forNoKeyUpdate().execute();
}

interface Holder {
  confirmed_at: Date | null;
  /** Whether the account was made before anybody was asked to confirm an address. */
  signed_up_unasked: boolean;
}

/** Whether nobody has ever answered from the mailbox, though it was asked: the account may be a stranger's. */
export const isOnlyClaimed = (holder: Holder): boolean =>
  holder.confirmed_at === null && !holder.signed_up_unasked;

/**
 * Whether whoever holds an address has to make room for somebody who proves it: they never did, and nothing hangs
 * on their account.
 */
export const isInTheWay = async (trx: Trx, holder: Holder & { id: string }): Promise<boolean> =>
  isOnlyClaimed(holder) && (await mayVanish(trx, holder.id, { unconfirmed: true }));

/** Those who were asked to confirm their address, never did, and signed up before `since`. */
export async function unconfirmedSince(q: Queryable, since: Date): Promise<string[]> {
  const rows = await q
    .selectFrom("people")
    .select("id")
    .where("confirmed_at", "is", null)
    .where("signed_up_unasked", "=", false)
    .where("has_account", "=", true)
    .where("created_at", "<", since)
    .execute();
  return rows.map(({ id }) => id);
}

/** For somebody on whom nothing hangs. Needs the owner's role, since their sign-in goes too. */
export async function deletePerson(trx: Trx, id: string): Promise<void> {
  for (const table of ["oauth_attempts", "calendar_feeds", "mail_preferences"] as const) {
    await trx.deleteFrom(table).where("person_id", "=", id).execute();
  }
  await trx.deleteFrom("identity.verification").where("value", "=", id).execute();
  const { rows } = await sql<{ id: string }>`
    select student_id as id from tutor_students where tutor_id = ${id}`.execute(trx);
  await leaveUnsigned(trx, id);
  await trx.deleteFrom("people").where("id", "=", id).execute();
  for (const student of rows) await dropUnsigned(trx, student.id);
  await trx.deleteFrom("identity.user").where("id", "=", id).execute();
}
