/**
 * The verb behind the button "Refresh Future Session Links": it gives every future lesson a new link at this
 * provider, waits a while for that, and reports how it went. The consent's callback has written its migration
 * already and waits in the same way (`switching/awaitMigration.ts`).
 */
import { asService } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import { connectionOf, updateConnection } from "#lib/records/grants/queries.ts";
import { openMigration } from "#lib/records/migrations/queries.ts";
import type { Migration } from "#lib/records/migrations/rules.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import { futureSessions } from "#lib/records/sessions/queries.ts";
import { awaitMigration, nothingToMove } from "./switching/awaitMigration.ts";
import { beginMigration } from "./switching/beginMigration.ts";
import { liftPauses } from "./switching/liftPauses.ts";
import { announceMigration } from "./switching/migrationLog.ts";
import type { MigrationResult } from "./switching/views.ts";
import { admit } from "./verb/admit.ts";
import type { Context } from "./verb/context.ts";
import { noVideoProvider } from "./verb/errors.ts";

/**
 * Begins a refresh, or joins the migration that is under way, and ends the pauses that the provider has asked for.
 * Waits up to `SWITCH_WAIT_SECONDS`; what isn't
 * done by then goes on in the background.
 * @throws Refusal `no_video_provider` without a connection to this provider
 */
export async function migrateSessionsToNewProvider(
  ctx: Context,
  tutorId: string,
  provider: ProviderId,
): Promise<MigrationResult> {
  const migration = await beginRefresh(ctx, tutorId, provider);
  if (!migration) return nothingToMove(provider);
  return awaitMigration(ctx, migration.id);
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
    // A retry moves only some lessons, but the button promises all.
    const isLifted = await liftPauses(ctx, trx, connection);
    if (underWay?.status === "running" && underWay.kind !== "retry") {
      if (isLifted) {
        await admit(ctx, trx, "refresh", tutorId);
        await ctx.nudge(trx, tutorId);
      }
      return { migration: underWay, isNew: false };
    }
    const sessions = await futureSessions(trx, tutorId, ctx.clock());
    if (sessions.length === 0) return { migration: null, isNew: false };
    await admit(ctx, trx, "refresh", tutorId);
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
