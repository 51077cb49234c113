/** Retired grants that wait to be revoked; see the paragraph at `revocation_until`. */
import { type Selectable, sql } from "kysely";
import type { RetiredVideoProviderConnections } from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";

export type RetiredGrant = Selectable<RetiredVideoProviderConnections>;

/** An account at a provider, whichever tutors have given consent with it. */
type Account = Pick<RetiredGrant, "provider" | "account_user_id">;

const CURRENT = "tutor_video_provider_connections";
const RETIRED = "retired_video_provider_connections";

/**
 * Grants that still have tokens although no meeting needs them and no undo could bring them back, and whose
 * next attempt is due. A dead grant doesn't wait for its undo window, because an undo couldn't use it either.
 */
export const unusedGrants = (q: Queryable, now: Date) =>
  q
    .selectFrom(`${RETIRED} as r`)
    .where("r.erased_at", "is", null)
    .where((eb) =>
      eb.and(
        (["refresh_lease_until", "revocation_until", "revocation_next_at"] as const).map((until) =>
          eb.or([eb(`r.${until}`, "is", null), eb(`r.${until}`, "<=", now)]),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("meetings as m")
            .select("m.id")
            .whereRef("m.grant_id", "=", "r.grant_id")
            .where(({ eb: is, or: either }) =>
              either([
                is("m.state", "in", ["intended", "live", "superseded", "deleting"]),
                is("m.orphan_scan_at", "is not", null),
              ]),
            ),
        ),
      ),
    )
    .where(({ eb, or, not, exists, selectFrom }) =>
      or([
        eb("r.error_code", "is not", null),
        not(
          exists(
            selectFrom("migrations as g")
              .select("g.id")
              .whereRef("g.tutor_id", "=", "r.tutor_id")
              .where(({ eb: is, or: either, ref }) =>
                either([
                  is("g.from_grant_id", "=", ref("r.grant_id")),
                  is("g.to_grant_id", "=", ref("r.grant_id")),
                ]),
              )
              .where(({ eb: is, or: either }) =>
                either([
                  is("g.status", "in", ["running", "waiting"]),
                  is("g.undo_until", "is", null),
                  is("g.undo_until", ">", now),
                ]),
              ),
          ),
        ),
      ]),
    );

/** Locks the tutor's next unused grant. */
export const lockUnusedGrant = (
  trx: Trx,
  tutorId: string,
  now: Date,
): Promise<RetiredGrant | undefined> =>
  unusedGrants(trx, now)
    .selectAll("r")
    .where("r.tutor_id", "=", tutorId)
    .orderBy("r.retired_at")
    .orderBy("r.id")
    .limit(1)
    .forUpdate()
    .executeTakeFirst();

/**
 * Makes two operations on one account run one after the other, for whichever tutors: storing new tokens, and
 * deciding to revoke one of its grants. Take it after the tutor's lock, and only one per transaction.
 */
export async function lockAccount(trx: Trx, account: Account): Promise<void> {
  const name = `${account.provider}/${account.account_user_id}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 1))`.execute(trx);
}

/** Whether another grant with tokens is on this account. With `retired`, retired grants count too. */
export async function isAccountShared(
  q: Queryable,
  grant: RetiredGrant,
  { retired }: { retired: boolean },
): Promise<boolean> {
  const tables = retired ? ([CURRENT, RETIRED] as const) : ([CURRENT] as const);
  for (const table of tables) {
    const other = await q
      .selectFrom(table)
      .select("id")
      .where("provider", "=", grant.provider)
      .where("account_user_id", "=", grant.account_user_id)
      .where("grant_id", "<>", grant.grant_id)
      .where("access_token_encrypted", "is not", null)
      .executeTakeFirst();
    if (other) return true;
  }
  return false;
}

/** When the latest revocation on this account that may have happened after `since` is over. */
export async function revocationSince(
  q: Queryable,
  account: Account,
  since: Date,
): Promise<Date | null> {
  const row = await q
    .selectFrom(RETIRED)
    .select((eb) => eb.fn.max("revocation_until").as("until"))
    .where("provider", "=", account.provider)
    .where("account_user_id", "=", account.account_user_id)
    .where("revocation_until", ">", since)
    .executeTakeFirst();
  return row?.until ?? null;
}

export const leaseRevocation = (trx: Trx, grantId: string, until: Date, now: Date) =>
  trx
    .updateTable(RETIRED)
    .set({
      revocation_until: until,
      // A refresh that outlives its lease must find the lease taken.
      refresh_lease_id: null,
      refresh_lease_until: null,
      updated_at: now,
    })
    .where("grant_id", "=", grantId)
    .execute();

/**
 * `until` is the caller's lease. Does nothing where another worker has taken over or the account was
 * reconnected.
 */
const leased = (trx: Trx, grantId: string, until: Date | null) =>
  trx
    .updateTable(RETIRED)
    .where("grant_id", "=", grantId)
    .where("erased_at", "is", null)
    .where("revocation_until", "is not distinct from", until);

export async function eraseGrant(
  trx: Trx,
  grantId: string,
  lease: Date | null,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await leased(trx, grantId, lease)
    .set({
      access_token_encrypted: null,
      refresh_token_encrypted: null,
      access_token_expires_at: null,
      refresh_lease_id: null,
      refresh_lease_until: null,
      refresh_failures: 0,
      refresh_next_at: null,
      refresh_error: null,
      refresh_refusals: 0,
      refresh_refused_since: null,
      revocation_failures: 0,
      revocation_next_at: null,
      erased_at: now,
      updated_at: now,
    })
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

export const postponeRevocation = (trx: Trx, grantId: string, lease: Date, next: Date, now: Date) =>
  leased(trx, grantId, lease)
    .set({
      revocation_failures: sql<number>`revocation_failures + 1`,
      revocation_next_at: next,
      updated_at: now,
    })
    .execute();
