import { sql } from "kysely";
import { asService } from "#lib/platform/db.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { drain } from "./process/drain.ts";

/** @throws while the database or its job tables don't answer, Refusal `unavailable` while this process is stopping */
export async function assertReady(ctx: Context): Promise<void> {
  if (drain.isDraining) throw new Refusal("unavailable", "restarting");
  await asService(ctx.db, (trx) => sql`select count(*) from pgboss.queue`.execute(trx));
}
