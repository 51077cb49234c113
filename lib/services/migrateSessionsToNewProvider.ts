/**
 * The verb that the consent's callback and the button "Refresh Future Session Links" share: see to it
 * that every future lesson gets a new link at this provider, wait a while for it, and tell how it went.
 */
import { addSeconds } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import { connectionOf, updateConnection } from "#lib/records/grants/queries.ts";
import {
  countMoves,
  type Migration,
  migrationById,
  migrationsOf,
  movesWithRooms,
  openMigration,
} from "#lib/records/migrations/queries.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import { futureSessions } from "#lib/records/sessions/queries.ts";
import { announceMigration, beginMigration } from "./beginMigration.ts";
import type { Context } from "./context.ts";
import { noVideoProvider } from "./errors.ts";
import type { MigrationResult } from "./views.ts";

const LOOK_AGAIN_MS = 100;

/**
 * With `begun` (a switch just written by the callback) it only waits for that; else it begins a
 * refresh, or joins the migration that is under way. Waits up to `SWITCH_WAIT_SECONDS`; what isn't
 * done by then goes on by itself.
 * @throws Refusal `no_video_provider` without a connection to this provider
 */
export async function migrateSessionsToNewProvider(
  ctx: Context,
  tutorId: string,
  provider: ProviderId,
  begun?: Migration,
): Promise<MigrationResult> {
  const migration = begun ?? (await beginRefresh(ctx, tutorId, provider));
  if (!migration) return nothingToMove(provider);
  return awaitRest(ctx, migration.id);
}

async function beginRefresh(
  ctx: Context,
  tutorId: string,
  provider: ProviderId,
): Promise<Migration | null> {
  const { migration, isNew } = await asService(ctx.db, async (trx) => {
    await lockTutor(trx, tutorId);
    const connection = await connectionOf(trx, tutorId);
    if (connection?.provider !== provider || connection.connection_status === "disconnected") {
      throw noVideoProvider();
    }
    const underWay = await openMigration(trx, tutorId);
    // A retry moves some lessons only; the button promises all.
    if (underWay?.status === "running" && underWay.kind !== "retry") {
      return { migration: underWay, isNew: false };
    }
    const sessions = await futureSessions(trx, tutorId, ctx.clock());
    if (sessions.length === 0) return { migration: null, isNew: false };
    const generation = connection.generation + 1;
    await updateConnection(trx, tutorId, { generation, updated_at: ctx.clock() });
    await ctx.nudge(trx, tutorId);
    const migration = await beginMigration(ctx, trx, {
      kind: "refresh",
      connection: { ...connection, generation },
      from: { provider: connection.provider, grantId: connection.grant_id },
      sessions,
      createdBy: tutorId,
    });
    return { migration, isNew: true };
  });
  if (migration && isNew) announceMigration(ctx, migration);
  return migration;
}

/** Follows a migration, and the one that supersedes it, until it rests or the time is over. */
export async function awaitRest(ctx: Context, migrationId: string): Promise<MigrationResult> {
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
