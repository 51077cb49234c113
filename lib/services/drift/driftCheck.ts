/** Asks the providers what only they know, when there is a reason to and nothing else to do. */
import { earliest } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import { moveCheck, roomsMarkedForCheck } from "#lib/records/meetings/queries/checks.ts";
import { nextCheck } from "#lib/records/meetings/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { checkRoom } from "./checkRoom.ts";
import { orphanScan, type ScanOutcome } from "./orphanScan.ts";

/** Begins nothing new after `end`; what is left is due at once. */
export async function driftCheck(ctx: Context, tutorId: string, end: Date): Promise<ScanOutcome> {
  const late = await orphanScan(ctx, tutorId, end);
  if (late.looked) return late;
  const noticed = await checkMarkedRooms(ctx, tutorId, end);
  return { looked: noticed.looked, nextAt: earliest(late.nextAt, noticed.nextAt) };
}

/** Checks the rooms that their provider reports as changed. The date is cleared only after the answer. */
async function checkMarkedRooms(ctx: Context, tutorId: string, end: Date): Promise<ScanOutcome> {
  const now = ctx.clock();
  const rooms = await asService(ctx.db, (trx) => roomsMarkedForCheck(trx, { tutorId, now }));
  const due = rooms.filter((room) => room.check_at <= now);
  if (due.length === 0) return { looked: false, nextAt: rooms[0]?.check_at ?? null };
  for (const room of due) {
    if (ctx.clock() >= end) break;
    const { found } = await checkRoom(ctx, room);
    const next =
      found === "unknown" ? nextCheck(room, ctx.clock()) : { check_at: null, check_tries: 0 };
    await asService(ctx.db, (trx) => moveCheck(trx, room, next));
  }
  return { looked: true, nextAt: null };
}
