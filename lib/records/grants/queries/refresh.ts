/** Token refreshes of a grant: who may refresh, what the refresh brought, and when no tokens can be had. */
import { sql } from "kysely";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import {
  CURRENT,
  everywhere,
  noRefreshTrouble,
  RETIRED,
  type StoredTokens,
} from "#lib/records/grants/queries.ts";
import type { Connection } from "#lib/records/grants/rules.ts";

/**
 * Takes the refresh lease if it is free or expired, no pause applies, and the tokens are those that the
 * caller saw.
 */
export async function leaseRefresh(
  trx: Trx,
  take: { grantId: string; leaseId: string; until: Date; seenAccessToken: string; now: Date },
): Promise<boolean> {
  for (const table of [CURRENT, RETIRED] as const) {
    const { numUpdatedRows } = await trx
      .updateTable(table)
      .set({ refresh_lease_id: take.leaseId, refresh_lease_until: take.until })
      .where("grant_id", "=", take.grantId)
      // Compare access tokens: without rotation the refresh token survives a refresh unchanged.
      .where("access_token_encrypted", "=", take.seenAccessToken)
      .where((eb) =>
        eb.and([
          eb.or([eb("refresh_lease_until", "is", null), eb("refresh_lease_until", "<=", take.now)]),
          eb.or([eb("refresh_next_at", "is", null), eb("refresh_next_at", "<=", take.now)]),
        ]),
      )
      .executeTakeFirstOrThrow();
    if (numUpdatedRows > 0n) return true;
  }
  return false;
}

/**
 * Ends the lease and stores what the refresh brought: tokens, or a pause before the next refresh (neither
 * where the grant is dead). Does nothing where the lease no longer belongs to the caller.
 */
export async function endRefresh(
  trx: Trx,
  lease: {
    grantId: string;
    leaseId: string;
    now: Date;
    tokens?: Partial<StoredTokens>;
    /** `said`: the provider's own words, if it gave any. `isRefused`: it refused in words that nobody knows. */
    pause?: { until: Date; said: string | null; isRefused: boolean };
  },
): Promise<boolean> {
  const pause = lease.pause && {
    refresh_failures: sql<number>`refresh_failures + 1`,
    refresh_failed_since: sql<Date>`coalesce(refresh_failed_since, ${lease.now})`,
    refresh_next_at: lease.pause.until,
    refresh_error: lease.pause.said,
    ...(lease.pause.isRefused && {
      refresh_refusals: sql<number>`refresh_refusals + 1`,
      refresh_refused_since: sql<Date>`coalesce(refresh_refused_since, ${lease.now})`,
    }),
  };
  for (const table of everywhere) {
    const { numUpdatedRows } = await trx
      .updateTable(table)
      .set({
        ...(lease.tokens && { ...lease.tokens, ...noRefreshTrouble }),
        ...pause,
        refresh_lease_id: null,
        refresh_lease_until: null,
        updated_at: lease.now,
      })
      .where("grant_id", "=", lease.grantId)
      .where("refresh_lease_id", "=", lease.leaseId)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows > 0n) return true;
  }
  return false;
}

/** Whether another usable grant of the provider has an access token that lives, or lived, at least until then. */
export async function haveOthersTokens(
  q: Queryable,
  { grantId, provider, until }: { grantId: string; provider: ProviderId; until: Date },
): Promise<boolean> {
  for (const table of [CURRENT, RETIRED] as const) {
    const other = await q
      .selectFrom(table)
      .select("grant_id")
      .where("provider", "=", provider)
      .where("grant_id", "<>", grantId)
      .where("error_code", "is", null)
      .where("access_token_expires_at", ">=", until)
      .limit(1)
      .executeTakeFirst();
    if (other) return true;
  }
  return false;
}

/** Notes since when fresh access tokens are refused; null: they aren't. */
export async function noteAccessRefused(
  trx: Trx,
  grantId: string,
  since: Date | null,
): Promise<void> {
  for (const table of everywhere) {
    await trx
      .updateTable(table)
      .set({ access_refused_since: since })
      .where("grant_id", "=", grantId)
      .execute();
  }
}

/** The tutor's tokens may be asked for again now. @returns whether that had to wait */
export async function endRefreshPause(trx: Trx, tutorId: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable(CURRENT)
    .set({ refresh_next_at: null, updated_at: now })
    .where("tutor_id", "=", tutorId)
    .where("refresh_next_at", ">", now)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/**
 * Fenced by the refresh token, so a grant that has received new tokens meanwhile isn't marked as dead. A
 * tutor who has disconnected isn't asked to reconnect: their status stays, and only `error_code` says that
 * the grant is dead.
 * @returns whose grant it was, and whether their connection is the one that died; undefined if nothing was marked
 */
export async function markNeedsReconnect(
  trx: Trx,
  dead: {
    grantId: string;
    seenRefreshToken: string;
    code: string;
    detail: string | null;
    now: Date;
  },
) {
  for (const table of [CURRENT, RETIRED] as const) {
    const row = await trx
      .updateTable(table)
      .set({
        connection_status: sql<Connection["connection_status"]>`case connection_status
          when 'disconnected' then 'disconnected' else 'needs_reconnect' end`,
        error_code: dead.code,
        error_detail: dead.detail,
        updated_at: dead.now,
      })
      .where("grant_id", "=", dead.grantId)
      .where("refresh_token_encrypted", "=", dead.seenRefreshToken)
      .where("error_code", "is", null)
      .returning(["tutor_id", "provider", "connection_status"])
      .executeTakeFirst();
    if (!row) continue;
    const isTheirs = table === CURRENT && row.connection_status === "needs_reconnect";
    return { tutorId: row.tutor_id, provider: row.provider, isTheirs };
  }
  return undefined;
}
