/**
 * The log lines of a migration. The requirement fixes their words, emoji included: people search logs for
 * them. What varies besides goes into fields.
 */
import type { ProviderId } from "#lib/providers/provider.ts";
import type { Migration, MigrationCounts } from "#lib/records/migrations/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";

type Log = Pick<Context, "log">;

interface LessonIds {
  tutorId: string;
  sessionId: string;
  migrationId?: string;
  meetingId?: string;
}

/** Must be called once per migration, after its transaction has committed. */
export function announceMigration({ log }: Log, migration: Migration): void {
  const fields = { tutorId: migration.tutor_id, migrationId: migration.id, kind: migration.kind };
  log.info(
    fields,
    `🔄 Starting session migration for tutor ${migration.tutor_id} to ${migration.to_provider}`,
  );
  log.info(fields, `📋 Found ${migration.total} future sessions to migrate`);
}

export const logMoving = ({ log }: Log, ids: LessonIds): void =>
  log.info(ids, `🔄 Migrating session ${ids.sessionId}...`);

export const logMoved = ({ log }: Log, ids: LessonIds, to: ProviderId): void =>
  log.info(ids, `✅ Successfully migrated session ${ids.sessionId} to ${to}`);

/** A warning while it is tried again, an error once it isn't. */
export const logNotMade = (
  { log }: Log,
  level: "warn" | "error",
  fields: LessonIds & { code: string; detail: string; nextAttemptAt: Date | null },
): void => log[level](fields, `❌ Failed to create meeting for session ${fields.sessionId}`);

/** Once per migration, when nothing of it is left to do. */
export function logComplete({ log }: Log, migration: Migration, counts: MigrationCounts): void {
  const fields = { tutorId: migration.tutor_id, migrationId: migration.id, ...counts };
  log.info(
    fields,
    `✅ Migration complete. Migrated ${counts.moved}/${migration.total} sessions to ${migration.to_provider}`,
  );
  if (counts.failed > 0) log.warn(fields, "Some sessions failed to migrate");
}
