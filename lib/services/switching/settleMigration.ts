/** Brings the status of a tutor's open migration in line with its lessons. */
import { addSeconds } from "#lib/platform/clock.ts";
import { asService, type Trx } from "#lib/platform/db.ts";
import { setDeleteAfter } from "#lib/records/meetings/queries.ts";
import { oldRoomStaysUntil } from "#lib/records/meetings/rules.ts";
import {
  countMoves,
  deferredUntil,
  openMigration,
  updateMigration,
} from "#lib/records/migrations/queries.ts";
import { type Migration, statusByCounts } from "#lib/records/migrations/rules.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { logComplete } from "./migrationLog.ts";

/** Idempotent; logs the completion once, when it happens. */
export async function settleMigration(ctx: Context, tutorId: string): Promise<void> {
  const done = await asService(ctx.db, async (trx) => {
    await lockTutor(trx, tutorId);
    const migration = await openMigration(trx, tutorId);
    if (!migration) return null;
    const counts = await countMoves(trx, migration.id);
    const status = statusByCounts(counts);
    if (status === migration.status && status === "running") return null;
    const now = ctx.clock();
    if (status === "waiting") {
      const until = (await deferredUntil(trx, migration.id)) ?? addSeconds(now, 60);
      // A waiting migration is swept each minute; as long as its date stays, nothing is written.
      if (migration.waiting_until && +migration.waiting_until === +until) return null;
      await updateMigration(trx, migration.id, {
        status,
        waiting_until: until,
        ...(await settle(ctx, trx, migration, now)),
      });
      return null;
    }
    if (status === "running") {
      await updateMigration(trx, migration.id, { status, waiting_until: null, updated_at: now });
      return null;
    }
    await updateMigration(trx, migration.id, {
      status,
      waiting_until: null,
      finished_at: now,
      ...(await settle(ctx, trx, migration, now)),
    });
    return { migration, counts };
  });
  if (done) logComplete(ctx, done.migration, done.counts);
}

/**
 * The undo window begins when the migration first settles. From then on the old rooms' deletion has its date.
 */
export async function settle(ctx: Context, trx: Trx, migration: Migration, now: Date) {
  const settledAt = migration.settled_at ?? now;
  const undoUntil = migration.undo_until ?? oldRoomStaysUntil(settledAt, ctx.config);
  await setDeleteAfter(trx, migration.id, undoUntil, now);
  return { settled_at: settledAt, undo_until: undoUntil, updated_at: now };
}
