/**
 * Writes down what clocks show for the lessons and bookings of earlier versions, which kept instants alone. It is
 * done at each start, because only the server's rules count, and finds nothing after the first one.
 */
import { asService } from "#lib/platform/db.ts";
import { wallClock } from "#lib/platform/zones/wallClock.ts";
import {
  bookingsWithoutWallClock,
  sessionsWithoutWallClock,
  type Unread,
  type WallClockRow,
  writeWallClocks,
} from "#lib/records/bookings/queries/wallClocks.ts";
import type { Context } from "#lib/services/verb/context.ts";

const AT_ONCE = 500;

/** Idempotent; several processes may do it at a time. @returns how many rows it filled */
export async function fillWallClocks(ctx: Context): Promise<number> {
  let filled = 0;
  for (const table of ["bookings", "sessions"] as const) {
    const find = table === "bookings" ? bookingsWithoutWallClock : sessionsWithoutWallClock;
    for (let last: string | null = null, isMore = true; isMore; ) {
      const found = await asService(ctx.db, async (trx) => {
        const rows = await find(trx, last, AT_ONCE);
        const read = rows.flatMap((row) => readingOf(ctx, row));
        await writeWallClocks(trx, table, read);
        filled += read.length;
        return rows;
      });
      last = found.at(-1)?.id ?? null;
      isMore = found.length === AT_ONCE;
    }
  }
  return filled;
}

/** Nothing for a zone that isn't known here: a server that knows it writes that down. */
function readingOf(ctx: Context, { id, at, time_zone }: Unread): WallClockRow[] {
  const zone = ctx.zoneRules(time_zone);
  if (!zone) return [];
  const { local, offset } = wallClock(at, zone);
  return [{ id, starts_at: at.toISOString(), starts_local: local, utc_offset: offset, time_zone }];
}
