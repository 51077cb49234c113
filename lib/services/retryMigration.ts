/** Tries a migration's failed lessons again, as a migration of its own in the history. */
import { asPerson, becomeService } from "#lib/platform/db.ts";
import { type Connection, connectionOf, updateConnection } from "#lib/records/grants/queries.ts";
import {
  type Migration,
  migrationById,
  movesIn,
  openMigration,
} from "#lib/records/migrations/queries.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import { futureSessions } from "#lib/records/sessions/queries.ts";
import { announceMigration, beginMigration } from "./beginMigration.ts";
import type { Context, Person } from "./context.ts";
import { notFound, noVideoProvider, Refusal } from "./errors.ts";
import { asId } from "./input.ts";
import { awaitRest } from "./migrateSessionsToNewProvider.ts";
import type { MigrationResult } from "./views.ts";

export async function retryMigration(
  ctx: Context,
  person: Person,
  migrationId: string,
): Promise<MigrationResult> {
  const migration = await asPerson(ctx.db, { personId: person.id }, async (trx) => {
    const failed = await migrationById(trx, asId(migrationId, "migration"));
    if (!failed) throw notFound("migration");
    await becomeService(trx);
    await lockTutor(trx, failed.tutor_id);
    const connection = await connectionOf(trx, failed.tutor_id);
    if (!connection || connection.connection_status === "disconnected") throw noVideoProvider();
    if (await openMigration(trx, failed.tutor_id)) {
      throw new Refusal("wrong_state", "Another migration is still under way. Wait for it to end.");
    }
    const ids = new Set((await movesIn(trx, failed.id, "failed")).map((move) => move.session_id));
    const future = await futureSessions(trx, failed.tutor_id, ctx.clock());
    const sessions = future.filter((session) => ids.has(session.id));
    if (sessions.length === 0) {
      throw new Refusal("wrong_state", "None of its failed lessons is still to come.");
    }
    const generation = connection.generation + 1;
    await updateConnection(trx, failed.tutor_id, { generation, updated_at: ctx.clock() });
    await ctx.nudge(trx, failed.tutor_id);
    return beginMigration(ctx, trx, {
      kind: "retry",
      connection: { ...connection, generation },
      from: cameFrom(failed, connection),
      sessions,
      ofMigrationId: failed.id,
      createdBy: person.id,
    });
  });
  if (!migration) throw new Error("A retry with lessons began no migration");
  announceMigration(ctx, migration);
  return awaitRest(ctx, migration.id);
}

/** Switched on since, an undo of the retry must not lead back beyond that switch. */
const cameFrom = (failed: Migration, present: Connection) =>
  failed.to_grant_id === present.grant_id && failed.from_provider && failed.from_grant_id
    ? { provider: failed.from_provider, grantId: failed.from_grant_id }
    : { provider: present.provider, grantId: present.grant_id };
