import { sql } from "kysely";
import type { Trx } from "#lib/platform/db.ts";

/**
 * Counts one try under this key, in the table in which sign-in keeps its own counts. Needs the owner's role.
 * @returns the number of tries in this window, including this one
 */
export async function countTry(
  trx: Trx,
  key: string,
  windowSeconds: number,
  now: Date,
): Promise<number> {
  const start = now.getTime() - windowSeconds * 1000;
  const { count } = await trx
    .insertInto("identity.rate_limit")
    .values({ key, count: 1, last_request: now.getTime() })
    .onConflict((conflict) =>
      conflict.column("key").doUpdateSet({
        count: sql`case when rate_limit.last_request < ${start} then 1 else rate_limit.count + 1 end`,
        last_request: sql`case when rate_limit.last_request < ${start} then ${now.getTime()} else rate_limit.last_request end`,
      }),
    )
    .returning("count")
    .executeTakeFirstOrThrow();
  return count;
}
