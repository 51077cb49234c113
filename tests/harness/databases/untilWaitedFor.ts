import { sql } from "kysely";
import { inject } from "vitest";
import type { Trx } from "#lib/platform/db.ts";

/**
 * Returns once another connection waits for what this transaction holds, or `work` is done without having
 * waited. PGlite lets nobody else in before the transaction ends, so there it returns at once.
 */
export async function untilWaitedFor(trx: Trx, work: Promise<unknown>): Promise<void> {
  let isDone = false;
  const done = () => {
    isDone = true;
  };
  work.then(done, done);
  while (inject("engine") === "postgres" && !isDone) {
    // Not `pg_stat_activity`: a transaction goes on seeing the connections that there were at its first look.
    const { rows } = await sql`select from pg_locks
      where not granted and pg_backend_pid() = any (pg_blocking_pids(pid))`.execute(trx);
    if (rows.length > 0) return;
  }
}
