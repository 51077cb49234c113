/** Visits to a consent page, see the paragraph at `oauth_attempts`. */
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

/** Single use: whoever takes it is the only one who ever gets it. */
export const takeAttempt = (trx: Trx, stateHash: string) =>
  trx
    .deleteFrom("oauth_attempts")
    .where("state_hash", "=", stateHash)
    .returningAll()
    .executeTakeFirst();
