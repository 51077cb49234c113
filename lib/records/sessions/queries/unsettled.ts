import type { Queryable } from "#lib/platform/db.ts";
import { unusedGrants } from "#lib/records/grants/queries/retired.ts";
import { openStatuses } from "#lib/records/sessions/rules.ts";

/**
 * Tutors whose lessons and rooms may differ from the desired state: an open lesson without a room, or with a
 * room at another grant or for an older revision; a migration that isn't done; a row that waits for a call, a
 * check or an orphan scan; or a replaced grant that can be revoked.
 */
export async function unsettledTutorsAt(q: Queryable, now: Date): Promise<string[]> {
  const lessons = q
    .selectFrom("sessions as s")
    .innerJoin("tutor_video_provider_connections as c", "c.tutor_id", "s.tutor_id")
    .leftJoin("meetings as m", "m.id", "s.meeting_id")
    .select("s.tutor_id")
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
    );
  const migrations = q
    .selectFrom("migrations")
    .select("tutor_id")
    .where("status", "in", ["running", "waiting"]);
  const rows = q
    .selectFrom("meetings")
    .select("tutor_id")
    .where((eb) =>
      eb.or([
        eb("state", "in", ["intended", "deleting"]),
        eb.and([eb("state", "=", "superseded"), eb("delete_after", "<=", now)]),
        eb("orphan_scan_at", "<=", now),
        eb.and([eb("state", "=", "live"), eb("check_at", "<=", now)]),
      ]),
    );
  const grants = unusedGrants(q, now).select("r.tutor_id");
  const all = await lessons.union(migrations).union(rows).union(grants).execute();
  return all.map((row) => row.tutor_id);
}
