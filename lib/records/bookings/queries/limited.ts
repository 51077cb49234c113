/** What counts against the limits of asking for lessons; see `bookingLimits`. */
import { sql } from "kysely";
import type { Trx } from "#lib/platform/db.ts";

export interface AskedFor {
  pair: number;
  person: number;
  /** When the first of these counts no more; null where there is none. */
  pairUntil: Date | null;
  personUntil: Date | null;
}

/** Their requests that wait for an answer, and whose first lesson is still ahead. */
export async function unansweredOf(
  trx: Trx,
  { studentId, tutorId, now }: { studentId: string; tutorId: string; now: Date },
): Promise<AskedFor> {
  const { rows } = await sql<AskedFor>`
    select count(*)::integer as person, min(starts_at) as "personUntil",
           count(*) filter (where tutor_id = ${tutorId})::integer as pair,
           min(starts_at) filter (where tutor_id = ${tutorId}) as "pairUntil"
      from bookings
     where student_id = ${studentId} and status = 'requested'
       and starts_at > ${now}::timestamptz`.execute(trx);
  return rows[0] ?? none;
}

/** Their requests since then of which no lesson came: unanswered, declined or called off. */
export async function fruitlessOf(
  trx: Trx,
  of: { studentId: string; tutorId: string; since: Date; seconds: number },
): Promise<AskedFor> {
  const { studentId, tutorId, since, seconds } = of;
  const { rows } = await sql<AskedFor>`
    select count(*)::integer as person,
           min(created_at) + ${seconds}::float8 * interval '1 second' as "personUntil",
           count(*) filter (where tutor_id = ${tutorId})::integer as pair,
           min(created_at) filter (where tutor_id = ${tutorId})
             + ${seconds}::float8 * interval '1 second' as "pairUntil"
      from bookings b
     where student_id = ${studentId} and created_at > ${since}::timestamptz
       and not exists (select from sessions s where s.booking_id = b.id)`.execute(trx);
  return rows[0] ?? none;
}

const none: AskedFor = { pair: 0, person: 0, pairUntil: null, personUntil: null };
