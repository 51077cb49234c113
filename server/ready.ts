import { sql } from "kysely";
import { asService } from "#lib/platform/db.ts";
import type { Context } from "#lib/services/verb/context.ts";

/** @throws while the database or its job tables don't answer */
export const assertReady = (ctx: Context): Promise<unknown> =>
  asService(ctx.db, (trx) => sql`select count(*) from pgboss.queue`.execute(trx));
