/** Visits to a consent page; see the paragraph at `oauth_attempts`. */
import { type Insertable, sql } from "kysely";
import type { OauthAttempts } from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";

export async function insertAttempt(
  trx: Trx,
  attempt: Insertable<OauthAttempts>,
  now: Date,
): Promise<void> {
  await trx.deleteFrom("oauth_attempts").where("expires_at", "<", now).execute();
  await trx.insertInto("oauth_attempts").values(attempt).execute();
}

interface Take {
  stateHash: string;
  personId: string;
  browserSessionId: string;
  provider: ProviderId;
  now: Date;
  /** What became of it is known until then. */
  keptUntil: Date;
}

/**
 * Only the first call gets a row with the verifier, which is erased with it. Later ones get the row as it stands;
 * anybody else gets nothing and uses nothing up.
 */
export async function takeAttempt(trx: Trx, take: Take) {
  const row = await trx
    .selectFrom("oauth_attempts")
    .selectAll()
    .where("state_hash", "=", take.stateHash)
    .where("person_id", "=", take.personId)
    .where("browser_session_id", "=", take.browserSessionId)
    .where("provider", "=", take.provider)
    .forUpdate()
    .executeTakeFirst();
  if (!row || row.used_at) return row;
  await trx
    .updateTable("oauth_attempts")
    .set({ used_at: take.now, code_verifier_encrypted: null, expires_at: take.keptUntil })
    .where("state_hash", "=", take.stateHash)
    .execute();
  return row;
}

export const attemptByHash = (q: Queryable, stateHash: string) =>
  q
    .selectFrom("oauth_attempts")
    .select(["used_at", "outcome"])
    .where("state_hash", "=", stateHash)
    .executeTakeFirst();

/** Keeps the first outcome: one that stands is replaced only by its own continuation. */
export const storeOutcome = (
  trx: Trx,
  stateHash: string,
  outcome: object,
  instead: object | null,
) =>
  trx
    .updateTable("oauth_attempts")
    .set({ outcome: asJson(outcome) })
    .where("state_hash", "=", stateHash)
    .where("outcome", "is not distinct from", instead && asJson(instead))
    .execute();

const asJson = (value: object) => sql<string>`${JSON.stringify(value)}::jsonb`;
