/** Rows of earlier versions, which have no wall clock yet. */
import { sql } from "kysely";
import type { Trx } from "#lib/platform/db.ts";

export interface Unread {
  id: string;
  at: Date;
  time_zone: string;
}

/** Rows of today can't be beyond these years. One of before that is has no reading, and holds up no start. */
const YEARS = [new Date("2000-01-01T00:00:00Z"), new Date("3000-01-01T00:00:00Z")] as const;

/** `after`: the id of the last one that was looked at. */
export const bookingsWithoutWallClock = (
  trx: Trx,
  after: string | null,
  most: number,
): Promise<Unread[]> =>
  trx
    .selectFrom("bookings")
    .select(["id", "starts_at as at", "time_zone"])
    .where("starts_local", "is", null)
    .where((eb) => eb.between("starts_at", ...YEARS))
    .$if(after !== null, (query) => query.where("id", ">", after))
    .orderBy("id")
    .limit(most)
    .execute();

/** A lesson is in the zone in which its booking asked for it. */
export const sessionsWithoutWallClock = (
  trx: Trx,
  after: string | null,
  most: number,
): Promise<Unread[]> =>
  trx
    .selectFrom("sessions as s")
    .innerJoin("bookings as b", "b.id", "s.booking_id")
    .select(["s.id", "s.scheduled_start_at as at", "b.time_zone"])
    .where("s.starts_local", "is", null)
    .where((eb) => eb.between("s.scheduled_start_at", ...YEARS))
    .$if(after !== null, (query) => query.where("s.id", ">", after))
    .orderBy("s.id")
    .limit(most)
    .execute();

export interface WallClockRow {
  id: string;
  starts_at: string;
  starts_local: string;
  utc_offset: number;
  time_zone: string;
}

/** Leaves alone what has one by now, or another time. */
export async function writeWallClocks(
  trx: Trx,
  table: "bookings" | "sessions",
  rows: WallClockRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const at = table === "bookings" ? sql.ref("t.starts_at") : sql.ref("t.scheduled_start_at");
  await sql`update ${sql.table(table)} t
    set starts_local = r.starts_local, utc_offset = r.utc_offset, time_zone = r.time_zone
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(id uuid, starts_at timestamptz, starts_local text, utc_offset integer, time_zone text)
    where t.id = r.id and t.starts_local is null and date_trunc('milliseconds', ${at}) = r.starts_at`.execute(
    trx,
  );
}
