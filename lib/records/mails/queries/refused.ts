/** What mail servers refuse: addresses at which nobody gets mail, and us. */
import { sql } from "kysely";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import { openStatuses } from "#lib/records/sessions/rules.ts";

export const keepRefused = (trx: Trx, row: { email: string; detail: string; refused_at: Date }) =>
  trx
    .insertInto("private.refused_addresses")
    .values(row)
    .onConflict((conflict) => conflict.column("email").doNothing())
    .execute();

/** Notes that this tutor is told. @returns whether for the first time since the address took a mail */
export async function noteTold(
  trx: Trx,
  row: { email: string; tutor_id: string },
): Promise<boolean> {
  const noted = await trx
    .insertInto("private.refusals_told")
    .values(row)
    .onConflict((conflict) => conflict.columns(["email", "tutor_id"]).doNothing())
    .returning("email")
    .executeTakeFirst();
  return noted !== undefined;
}

export async function refusedAmong(q: Queryable, emails: string[]): Promise<Set<string>> {
  if (emails.length === 0) return new Set();
  const rows = await q
    .selectFrom("private.refused_addresses")
    .select("email")
    .where("email", "in", emails)
    .execute();
  return new Set(rows.map(({ email }) => email));
}

/** Whether nobody gets mail at this address, and somebody still has it or wants copies sent there. */
export async function isStillRefused(trx: Trx, email: string): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`
    select exists (select from private.refused_addresses where email = ${email})
       and (exists (select from private.addresses where email = ${email})
         or exists (select from private.asks where email = ${email} and ended_at is null)) as is`.execute(
    trx,
  );
  return rows[0]?.is ?? false;
}

export const refusalOf = (q: Queryable, email: string) =>
  q
    .selectFrom("private.refused_addresses")
    .select("detail")
    .where("email", "=", email)
    .executeTakeFirst();

/** The address has taken a mail, or nobody was told of it and isn't to be any more. */
export const forgetRefused = (trx: Trx, email: string) =>
  trx.deleteFrom("private.refused_addresses").where("email", "=", email).execute();

/** The tutors who have lessons with this student, or are asked for one. */
export const tutorsOf = async (trx: Trx, studentId: string, now: Date): Promise<string[]> => {
  const rows = await trx
    .selectFrom("sessions")
    .select("tutor_id")
    .where("student_id", "=", studentId)
    .where("status", "in", openStatuses)
    .where("scheduled_end_at", ">", now)
    .union(
      trx
        .selectFrom("bookings")
        .select("tutor_id")
        .where("student_id", "=", studentId)
        .where("status", "=", "requested"),
    )
    .execute();
  return rows.map(({ tutor_id }) => tutor_id);
};

/** Mails that wait because of the mail server itself, with its newest words. */
export const heldMails = (q: Queryable) =>
  q
    .selectFrom("mails")
    .select((eb) => [
      eb.ref("error_code").$castTo<"server" | "away">().as("trouble"),
      sql<string | null>`(array_agg(error_detail order by next_attempt_at desc))[1]`.as("detail"),
      eb.fn.countAll().as("count"),
      eb.fn.min("created_at").as("since"),
    ])
    .where("status", "=", "queued")
    .where("error_code", "in", ["server", "away"])
    .groupBy("error_code")
    .orderBy("error_code", "desc")
    .execute();
