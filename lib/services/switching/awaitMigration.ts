/** Waits a while for a migration and reports how it went. */
import { addSeconds } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import {
  countMoves,
  migrationById,
  migrationsOf,
  movesWithRooms,
} from "#lib/records/migrations/queries.ts";
import type { Migration } from "#lib/records/migrations/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";
import type { MigrationResult } from "./views.ts";

const LOOK_AGAIN_MS = 100;

/**
 * Follows a migration, and the one that supersedes it, until it settles or `SWITCH_WAIT_SECONDS` are over.
 */
export async function awaitMigration(ctx: Context, migrationId: string): Promise<MigrationResult> {
  const end = addSeconds(ctx.clock(), ctx.config.switchWaitSeconds);
  let id = migrationId;
  for (;;) {
    const migration = await asService(ctx.db, async (trx) => {
      const found = await migrationById(trx, id);
      if (found?.status !== "superseded") return found;
      return (await migrationsOf(trx, found.tutor_id, 1))[0];
    });
    if (!migration) throw new Error(`Migration ${id} is gone`);
    id = migration.id;
    if (migration.status !== "running" || ctx.clock() >= end) return resultOf(ctx, migration);
    await ctx.sleep(LOOK_AGAIN_MS);
  }
}

async function resultOf(ctx: Context, migration: Migration): Promise<MigrationResult> {
  const { counts, moves } = await asService(ctx.db, async (trx) => ({
    counts: await countMoves(trx, migration.id),
    moves: await movesWithRooms(trx, migration.id),
  }));
  return {
    success: counts.failed === 0,
    migrationId: migration.id,
    provider: migration.to_provider,
    total: migration.total,
    migrated: counts.moved,
    failed: counts.failed,
    deferred: counts.deferred,
    running: migration.status === "running",
    sessions: moves.map((move) => ({
      id: move.session_id,
      status: move.state,
      error: move.state === "failed" ? "Failed to create meeting" : null,
    })),
  };
}

export const nothingToMove = (provider: ProviderId): MigrationResult => ({
  success: true,
  migrationId: null,
  provider,
  total: 0,
  migrated: 0,
  failed: 0,
  deferred: 0,
  running: false,
  sessions: [],
});
