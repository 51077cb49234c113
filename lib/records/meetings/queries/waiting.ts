import { sql } from "kysely";
import type { Queryable } from "#lib/platform/db.ts";
import { openStatuses } from "#lib/records/sessions/rules.ts";

/** When the first of a tutor's lessons gets a room that waits because the provider takes no more today; null: none does. */
export async function roomsFollowAt(
  q: Queryable,
  { tutorId, now }: { tutorId: string; now: Date },
): Promise<Date | null> {
  const row = await q
    .selectFrom("meetings as m")
    .innerJoin("sessions as s", "s.id", "m.session_id")
    .select(sql<Date | null>`min(m.next_attempt_at)`.as("at"))
    .where("m.tutor_id", "=", tutorId)
    .where("m.state", "=", "intended")
    .where("m.error_code", "=", "daily_limit")
    .where("m.next_attempt_at", ">", now)
    .where("s.join_url", "is", null)
    .where("s.status", "in", openStatuses)
    .executeTakeFirst();
  return row?.at ?? null;
}
