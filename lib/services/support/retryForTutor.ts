import { asService } from "#lib/platform/db.ts";
import { migrationsOf } from "#lib/records/migrations/queries.ts";
import { awaitMigration } from "#lib/services/switching/awaitMigration.ts";
import { announceMigration } from "#lib/services/switching/migrationLog.ts";
import { beginRetry } from "#lib/services/switching/retryMigration.ts";
import type { MigrationResult } from "#lib/services/switching/views.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { notFound } from "#lib/services/verb/errors.ts";
import { findTutor } from "./examineTutor.ts";
import { assertSupport, logSupport } from "./onBehalf.ts";

/**
 * Retries the failed lessons of the newest migration, as a migration in the tutor's history that says who
 * began it.
 * @throws Refusal as `retryMigration` does
 */
export async function retryForTutor(
  ctx: Context,
  admin: Person,
  who: string,
): Promise<MigrationResult> {
  assertSupport(admin);
  const tutor = await findTutor(ctx, who);
  logSupport(ctx, admin, tutor.id, "Support tries a tutor's failed lessons again");
  const migration = await asService(ctx.db, async (trx) => {
    const [newest] = await migrationsOf(trx, tutor.id, 1);
    if (!newest) throw notFound("migration");
    return beginRetry(ctx, trx, newest, admin);
  });
  announceMigration(ctx, migration);
  return awaitMigration(ctx, migration.id);
}
