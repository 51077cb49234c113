import { sql } from "kysely";
import type { Queryable } from "#lib/platform/db.ts";
import type { MigrationStatus } from "#lib/records/migrations/rules.ts";

export interface MigrationVersion {
  id: string;
  status: MigrationStatus;
  /** Differs after every change of the migration or of a lesson in it. */
  version: string;
  changedAt: Date;
}

/**
 * Where these migrations stand, in as little data as shows every change. The newest `updated_at` alone isn't
 * enough: of two transactions, the one with the earlier time may commit last.
 */
export async function versionsOf(
  q: Queryable,
  ids: string[],
): Promise<Map<string, MigrationVersion>> {
  const { rows } = await sql<MigrationVersion>`
    select m.id, m.status, greatest(m.updated_at, max(ms.updated_at)) as "changedAt",
           md5(m.status || m.updated_at::text || string_agg(
             ms.state || ms.updated_at::text || coalesce(ms.next_attempt_at::text, ''), ' '
             order by ms.position)) as version
      from migrations m join migration_sessions ms on ms.migration_id = m.id
     where m.id = any(${ids}::uuid[])
     group by m.id`.execute(q);
  return new Map(rows.map((row) => [row.id, row]));
}
