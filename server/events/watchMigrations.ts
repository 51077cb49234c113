/**
 * One query serves everybody who follows a migration in this process, however many browsers there are: a
 * single statement twice a second, and none while nobody follows.
 */
import { asService } from "#lib/platform/db.ts";
import { type MigrationVersion, versionsOf } from "#lib/records/migrations/queries/versions.ts";
import type { Context } from "#lib/services/verb/context.ts";

const LOOK_MS = 500;

export interface Watcher {
  migrationId: string;
  /** Called after each query, one call at a time. */
  seen: (latest: MigrationVersion) => Promise<void>;
  /** Called when the database can't be queried any more, or the migration is gone. */
  ended: () => void;
}

const watchers = new Set<Watcher>();
let looking = false;

/** @returns an idempotent function that stops watching */
export function watchMigration(ctx: Context, watcher: Watcher): () => void {
  watchers.add(watcher);
  if (!looking) void look(ctx);
  return () => void watchers.delete(watcher);
}

async function look(ctx: Context): Promise<void> {
  looking = true;
  try {
    while (watchers.size > 0) {
      const asking = [...watchers];
      const ids = [...new Set(asking.map(({ migrationId }) => migrationId))];
      const versions = await asService(ctx.db, (trx) => versionsOf(trx, ids));
      await Promise.all(asking.map((watcher) => tell(watcher, versions)));
      await ctx.sleep(LOOK_MS);
    }
  } catch (error) {
    ctx.log.warn({ err: error }, "Migrations can't be followed just now; browsers come back");
    for (const watcher of watchers) watcher.ended();
    watchers.clear();
  } finally {
    looking = false;
  }
}

async function tell(watcher: Watcher, versions: Map<string, MigrationVersion>): Promise<void> {
  const latest = versions.get(watcher.migrationId);
  if (latest) await watcher.seen(latest);
  else watcher.ended();
}
