import type { Selectable } from "kysely";
import type { Reminders } from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import { openStatuses } from "#lib/records/sessions/rules.ts";
import type { ReminderKind } from "./rules.ts";

/**
 * Open lessons that begin in this span and whose people haven't yet been reminded of the lesson's current
 * time, soonest first.
 */
export const lessonsToRemindOf = (
  q: Queryable,
  kind: ReminderKind,
  span: { from: Date; to: Date },
) =>
  q
    .selectFrom("sessions as s")
    .leftJoin("reminders as r", (join) =>
      join
        .onRef("r.session_id", "=", "s.id")
        .onRef("r.revision", "=", "s.revision")
        .on("r.kind", "=", kind),
    )
    .select(["s.id", "s.tutor_id", "s.scheduled_start_at", "s.created_at", "s.rescheduled_at"])
    .where("s.status", "in", openStatuses)
    .where("s.scheduled_start_at", ">", span.from)
    .where("s.scheduled_start_at", "<=", span.to)
    .where("r.session_id", "is", null)
    .orderBy("s.scheduled_start_at")
    .orderBy("s.id")
    .execute();

/** @returns false where another worker has already sent this reminder */
export async function insertReminder(trx: Trx, row: Selectable<Reminders>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto("reminders")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}
