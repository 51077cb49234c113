/** What providers report about rooms unasked; see the paragraph at `check_at`. */
import type { Queryable, Trx } from "#lib/platform/db.ts";
import type { Meeting } from "#lib/records/meetings/rules.ts";
import { openStatuses } from "#lib/records/sessions/rules.ts";

/**
 * Live rooms whose provider has reported that something happened to them, oldest report first. Only rooms
 * whose connection works are returned.
 */
export const roomsMarkedForCheck = (q: Queryable, of: { tutorId: string; now: Date }) =>
  q
    .selectFrom("meetings as m")
    .innerJoin("sessions as s", "s.meeting_id", "m.id")
    .innerJoin("tutor_video_provider_connections as c", "c.grant_id", "m.grant_id")
    .selectAll("m")
    .where("m.tutor_id", "=", of.tutorId)
    .where("m.state", "=", "live")
    .where("m.check_at", "is not", null)
    .where("c.connection_status", "=", "connected")
    .where("s.status", "in", openStatuses)
    .where("s.scheduled_end_at", ">", of.now)
    .$narrowType<{ check_at: Date }>()
    .orderBy("m.check_at")
    .execute();

/** The provider reports that something happened to this room. @returns the tutors of lessons in it */
export async function markRoomForCheck(
  trx: Trx,
  room: { provider: Meeting["provider"]; externalId: string; now: Date },
): Promise<string[]> {
  const rows = await trx
    .updateTable("meetings")
    .set({ check_at: room.now })
    .where("provider", "=", room.provider)
    .where("external_id", "=", room.externalId)
    .where("origin", "=", "segue")
    .where("state", "=", "live")
    .returning("tutor_id")
    .execute();
  return rows.map((row) => row.tutor_id);
}

/** Does nothing where another report has arrived meanwhile. */
export const moveCheck = (trx: Trx, seen: { id: string; check_at: Date }, checkAt: Date | null) =>
  trx
    .updateTable("meetings")
    .set({ check_at: checkAt })
    .where("id", "=", seen.id)
    .where("check_at", "=", seen.check_at)
    .execute();
