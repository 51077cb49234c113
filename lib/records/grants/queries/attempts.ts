/** Visits to a consent page; see the paragraph at `oauth_attempts`. */
import type { Insertable } from "kysely";
import type { OauthAttempts } from "#lib/platform/database.types.ts";
import type { Trx } from "#lib/platform/db.ts";

export async function insertAttempt(
  trx: Trx,
  attempt: Insertable<OauthAttempts>,
  now: Date,
): Promise<void> {
  await trx.deleteFrom("oauth_attempts").where("expires_at", "<", now).execute();
  await trx.insertInto("oauth_attempts").values(attempt).execute();
}

/** An attempt can be taken only once: the row is deleted as it is read. */
export const takeAttempt = (trx: Trx, stateHash: string) =>
  trx
    .deleteFrom("oauth_attempts")
    .where("state_hash", "=", stateHash)
    .returningAll()
    .executeTakeFirst();
