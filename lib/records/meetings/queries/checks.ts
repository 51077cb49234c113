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

/** The rooms of lessons that a provider knows by this id. */
export const liveRooms = (
  q: Queryable,
  of: { provider: Meeting["provider"]; externalId: string },
): Promise<Meeting[]> =>
  q
    .selectFrom("meetings")
    .selectAll()
    .where("provider", "=", of.provider)
    .where("external_id", "=", of.externalId)
    .where("origin", "=", "segue")
    .where("state", "=", "live")
    .execute();

/** The provider reports that something happened to this room. */
export const markRoomForCheck = (trx: Trx, id: string, now: Date) =>
  trx
    .updateTable("meetings")
    .set({ check_at: now, check_tries: 0 })
    .where("id", "=", id)
    .where("state", "=", "live")
    .execute();

/** Does nothing where another report has arrived meanwhile. */
export const moveCheck = (
  trx: Trx,
  seen: { id: string; check_at: Date },
  change: Pick<Meeting, "check_at" | "check_tries">,
) =>
  trx
    .updateTable("meetings")
    .set(change)
    .where("id", "=", seen.id)
    .where("check_at", "=", seen.check_at)
    .execute();

/**
 * Whether another room of the account, told the same title, has come back with this one: that is how the provider
 * spells it.
 */
export async function isSpelling(
  q: Queryable,
  { id, grant_id, title, repaired_title: found }: Meeting,
): Promise<boolean> {
  if (grant_id === null || found === null) return false;
  const row = await q
    .selectFrom("meetings")
    .select("id")
    .where("grant_id", "=", grant_id)
    .where("id", "<>", id)
    .where("title", "=", title)
    .where("answered_title", "=", found)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
