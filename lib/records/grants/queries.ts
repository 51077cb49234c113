/** A grant sits in one of two tables (see the paragraph there); whoever works by grant_id asks both. */
import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import type {
  RetiredVideoProviderConnections,
  TutorVideoProviderConnections,
} from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";

export type Connection = Selectable<TutorVideoProviderConnections>;

const CURRENT = "tutor_video_provider_connections";
const RETIRED = "retired_video_provider_connections";
/** For statements that follow one another: an undo may bring a grant back between the first two. */
const everywhere = [CURRENT, RETIRED, CURRENT] as const;

const shared = [
  "tutor_id",
  "provider",
  "connection_status",
  "grant_id",
  "account_user_id",
  "account_email",
  "account_name",
  "account_organisation_id",
  "scopes",
  "access_token_encrypted",
  "refresh_token_encrypted",
  "access_token_expires_at",
  "refresh_lease_id",
  "refresh_lease_until",
  "refresh_failures",
  "refresh_next_at",
  "refresh_error",
  "error_code",
  "error_detail",
  "connected_at",
] as const;

/** The tutor's row, whatever its status; null before the first consent. */
export const connectionOf = (q: Queryable, tutorId: string): Promise<Connection | undefined> =>
  q.selectFrom(CURRENT).selectAll().where("tutor_id", "=", tutorId).executeTakeFirst();

/** What the tutor may see of it; the only columns that a signed-in person can read. */
export const ownConnection = (q: Queryable, tutorId: string) =>
  q
    .selectFrom(CURRENT)
    .select([
      "provider",
      "connection_status",
      "generation",
      "grant_id",
      "account_email",
      "account_name",
      "connected_at",
      "updated_at",
      "error_code",
      "error_detail",
      "refresh_next_at",
      "refresh_error",
    ])
    .where("tutor_id", "=", tutorId)
    .executeTakeFirst();

/** Locked: tokens are stored outside of the tutor's lock, and a copy must not miss newer ones. */
export const lockConnection = (trx: Trx, tutorId: string): Promise<Connection | undefined> =>
  trx
    .selectFrom(CURRENT)
    .selectAll()
    .where("tutor_id", "=", tutorId)
    .forUpdate()
    .executeTakeFirst();

export const insertConnection = (trx: Trx, row: Insertable<TutorVideoProviderConnections>) =>
  trx.insertInto(CURRENT).values(row).execute();

export const updateConnection = (
  trx: Trx,
  tutorId: string,
  change: Updateable<TutorVideoProviderConnections>,
) => trx.updateTable(CURRENT).set(change).where("tutor_id", "=", tutorId).execute();

/** Copies the current row into the retired ones; the caller overwrites the current one next. */
export const retireConnection = (trx: Trx, connection: Connection, now: Date) =>
  trx
    .insertInto(RETIRED)
    .values({
      ...Object.fromEntries(shared.map((column) => [column, connection[column]])),
      retired_at: now,
      updated_at: now,
    } as Insertable<RetiredVideoProviderConnections>)
    .execute();

/** The grant comes back into use: it leaves the retired ones. @returns what they held of it */
export const takeOutOfRetirement = (trx: Trx, grantId: string) =>
  trx.deleteFrom(RETIRED).where("grant_id", "=", grantId).returning(shared).executeTakeFirst();

/** The grant that this account of this tutor has had before, wherever it sits. */
export async function grantIdOf(
  q: Queryable,
  of: { tutorId: string; provider: Connection["provider"]; accountUserId: string },
): Promise<string | undefined> {
  for (const table of [CURRENT, RETIRED] as const) {
    const row = await q
      .selectFrom(table)
      .select("grant_id")
      .where("tutor_id", "=", of.tutorId)
      .where("provider", "=", of.provider)
      .where("account_user_id", "=", of.accountUserId)
      .executeTakeFirst();
    if (row) return row.grant_id;
  }
  return undefined;
}

/** Another tutor whose connection is on this account now. */
export const otherTutorOn = (
  q: Queryable,
  of: { tutorId: string; provider: Connection["provider"]; accountUserId: string },
) =>
  q
    .selectFrom(CURRENT)
    .select(["tutor_id", "grant_id"])
    .where("provider", "=", of.provider)
    .where("account_user_id", "=", of.accountUserId)
    .where("tutor_id", "<>", of.tutorId)
    .where("connection_status", "<>", "disconnected")
    .executeTakeFirst();

export interface Grant extends Pick<Connection, (typeof shared)[number]> {
  /** Whether it is the tutor's current one. */
  current: boolean;
}

/** Undefined for an unknown grant and for one whose tokens were erased. */
export async function grantById(q: Queryable, grantId: string): Promise<Grant | undefined> {
  for (const table of everywhere) {
    const row = await q
      .selectFrom(table)
      .select(shared)
      .where("grant_id", "=", grantId)
      .executeTakeFirst();
    if (row?.access_token_encrypted && row.refresh_token_encrypted) {
      return { ...row, current: table === CURRENT } as Grant;
    }
  }
  return undefined;
}

/** Grants of a tutor that nothing can be called with: their tokens are erased, or known to be dead. */
export async function deadGrants(q: Queryable, tutorId: string): Promise<Set<string>> {
  const dead = new Set<string>();
  for (const table of [CURRENT, RETIRED] as const) {
    const rows = await q
      .selectFrom(table)
      .select("grant_id")
      .where("tutor_id", "=", tutorId)
      .where((eb) =>
        eb.or([eb("access_token_encrypted", "is", null), eb("error_code", "is not", null)]),
      )
      .execute();
    for (const row of rows) dead.add(row.grant_id);
  }
  return dead;
}

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

export interface StoredTokens {
  access_token_encrypted: string;
  refresh_token_encrypted: string;
  access_token_expires_at: Date;
}

/** Nothing failed lately. */
export const noRefreshTrouble = {
  refresh_failures: 0,
  refresh_next_at: null,
  refresh_error: null,
} as const;

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

/** Puts new tokens under a current grant, which lives again where it was dead. */
export const renewConnection = (trx: Trx, grantId: string, tokens: StoredTokens, now: Date) =>
  trx
    .updateTable(CURRENT)
    .set({
      ...tokens,
      ...noRefreshTrouble,
      connection_status: "connected",
      refresh_lease_id: null,
      refresh_lease_until: null,
      error_code: null,
      error_detail: null,
      updated_at: now,
    })
    .where("grant_id", "=", grantId)
    .execute();
