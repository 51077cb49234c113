import { asPerson } from "#lib/platform/db.ts";
import { ownConnection } from "#lib/records/grants/queries.ts";
import { migrateSessionsToNewProvider } from "#lib/services/migrateSessionsToNewProvider.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { noVideoProvider } from "#lib/services/verb/errors.ts";
import type { MigrationResult } from "./views.ts";

/**
 * Gives all future lessons new links at the tutor's present provider.
 * @throws Refusal `no_video_provider` without a connection
 */
export async function refreshSessionLinks(ctx: Context, person: Person): Promise<MigrationResult> {
  const connection = await asPerson(ctx.db, { personId: person.id }, (trx) =>
    ownConnection(trx, person.id),
  );
  if (!connection) throw noVideoProvider();
  return migrateSessionsToNewProvider(ctx, person.id, connection.provider);
}
