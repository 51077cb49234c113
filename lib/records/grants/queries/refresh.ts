/** New tokens for a grant: who may ask for them, what came of it, and when nothing can be had. */
import { sql } from "kysely";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import {
  CURRENT,
  everywhere,
  noRefreshTrouble,
  RETIRED,
  type StoredTokens,
} from "#lib/records/grants/queries.ts";
import type { Connection } from "#lib/records/grants/rules.ts";

/** Grants whose access token is over by `soon` and can't be renewed before the date given. */
export async function pausedGrants(
  q: Queryable,
  tutorId: string,
  times: { now: Date; soon: Date },
): Promise<Map<string, Date>> {
  const paused = new Map<string, Date>();
  for (const table of [CURRENT, RETIRED] as const) {
    const rows = await q
      .selectFrom(table)
      .select(["grant_id", "refresh_next_at"])
      .where("tutor_id", "=", tutorId)
      .where("refresh_next_at", ">", times.now)
      .where("access_token_expires_at", "<=", times.soon)
      .execute();
    for (const row of rows) if (row.refresh_next_at) paused.set(row.grant_id, row.refresh_next_at);
  }
  return paused;
}

/** Takes the lease where it is free or over, no pause is on, and the tokens are those the caller saw. */
export async function leaseRefresh(
  trx: Trx,
  take: { grantId: string; leaseId: string; until: Date; seenAccessToken: string; now: Date },
): Promise<boolean> {
  for (const table of [CURRENT, RETIRED] as const) {
    const { numUpdatedRows } = await trx
      .updateTable(table)
      .set({ refresh_lease_id: take.leaseId, refresh_lease_until: take.until })
      .where("grant_id", "=", take.grantId)
      // Not the refresh token: where those don't rotate, it tells nothing of a refresh since.
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
 * Ends the lease with what the refresh brought: tokens, or a pause before the next one (neither where
 * the grant is dead). Does nothing where the lease is no longer the caller's.
 */
export async function endRefresh(
  trx: Trx,
  lease: {
    grantId: string;
    leaseId: string;
    now: Date;
    tokens?: Partial<StoredTokens>;
    pause?: { until: Date; error: string };
  },
): Promise<boolean> {
  const pause = lease.pause && {
    refresh_failures: sql<number>`refresh_failures + 1`,
    refresh_next_at: lease.pause.until,
    refresh_error: lease.pause.error,
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

/**
 * Fenced by the refresh token: a grant that got new tokens meanwhile isn't declared dead. Who has
 * disconnected isn't asked to reconnect for that: `error_code` alone says that the grant is dead.
 */
export async function markNeedsReconnect(
  trx: Trx,
  dead: { grantId: string; seenRefreshToken: string; code: string; detail: string; now: Date },
): Promise<boolean> {
  for (const table of [CURRENT, RETIRED] as const) {
    const { numUpdatedRows } = await trx
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
      .executeTakeFirstOrThrow();
    if (numUpdatedRows > 0n) return true;
  }
  return false;
}
