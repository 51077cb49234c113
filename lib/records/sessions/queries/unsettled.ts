/** Whose lessons and rooms may differ from the desired state. */
import { sql } from "kysely";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import { unusedGrants } from "#lib/records/grants/queries/retired.ts";
import { openStatuses } from "#lib/records/sessions/rules.ts";

const MARKS = "private.tutors_to_look_at";

/**
 * Tutors who are marked because something about their lessons has changed; with a migration that isn't done; with a row
 * that waits for a call, a check or an orphan scan; or with a replaced grant that can be revoked.
 */
export async function unsettledTutorsAt(q: Queryable, now: Date): Promise<string[]> {
  const marked = q.selectFrom(MARKS).select("tutor_id");
  const migrations = q
    .selectFrom("migrations")
    .select("tutor_id")
    .where("status", "in", ["running", "waiting"]);
  const atWork = q
    .selectFrom("meetings")
    .select("tutor_id")
    .where("state", "in", ["intended", "deleting"]);
  const toDelete = q
    .selectFrom("meetings")
    .select("tutor_id")
    .where("state", "=", "superseded")
    .where("delete_after", "<=", now);
  const toScan = q.selectFrom("meetings").select("tutor_id").where("orphan_scan_at", "<=", now);
  const toCheck = q
    .selectFrom("meetings")
    .select("tutor_id")
    .where("state", "=", "live")
    .where("check_at", "<=", now);
  const grants = unusedGrants(q, now).select("r.tutor_id");
  const all = await marked
    .union(migrations)
    .union(atWork)
    .union(toDelete)
    .union(toScan)
    .union(toCheck)
    .union(grants)
    .execute();
  return all.map((row) => row.tutor_id);
}

/** A mark is of no use once its tutor's lessons were found in order after it was left. */
export const marksOf = async (trx: Trx, tutorId: string): Promise<string[]> =>
  (await trx.selectFrom(MARKS).select("id").where("tutor_id", "=", tutorId).execute()).map(
    ({ id }) => id,
  );

/** Marks every tutor with open lessons who isn't marked yet. */
export const markTutorsWithLessons = (trx: Trx) =>
  trx
    .insertInto(MARKS)
    .columns(["tutor_id"])
    .expression(
      trx
        .selectFrom("sessions as s")
        .select("s.tutor_id")
        .distinct()
        .where("s.status", "in", openStatuses)
        .where("s.tutor_id", "not in", trx.selectFrom(MARKS).select("tutor_id")),
    )
    .execute();

/** By their ids, because others may be left meanwhile. */
export const takeMarks = (trx: Trx, ids: string[]) =>
  trx.deleteFrom(MARKS).where("id", "=", sql<string>`any(${ids}::uuid[])`).execute();

/** Whether one of the tutor's open lessons has no room, or one at another grant or for an older revision. */
export async function isAnyUnsettled(q: Queryable, tutorId: string, now: Date): Promise<boolean> {
  const first = await q
    .selectFrom("sessions as s")
    .innerJoin("tutor_video_provider_connections as c", "c.tutor_id", "s.tutor_id")
    .leftJoin("meetings as m", "m.id", "s.meeting_id")
    .select("s.id")
    .where("s.tutor_id", "=", tutorId)
    .where("s.status", "in", openStatuses)
    .where("s.scheduled_end_at", ">", now)
    .where("c.connection_status", "=", "connected")
    .where((eb) =>
      eb.or([
        eb("m.id", "is", null),
        eb.and([
          eb("m.origin", "=", "segue"),
          eb.or([
            eb("m.grant_id", "is distinct from", eb.ref("c.grant_id")),
            eb("m.revision", "<", eb.ref("s.revision")),
          ]),
        ]),
        // A room entered by hand stays until the next generation, whatever happens to the lesson.
        eb.and([eb("m.origin", "=", "manual"), eb("m.generation", "<", eb.ref("c.generation"))]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return first !== undefined;
}
