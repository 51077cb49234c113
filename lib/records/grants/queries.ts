/** A grant sits in one of two tables (see the paragraph there); whoever works by grant_id asks both. */
import type { Insertable, Updateable } from "kysely";
import type {
  RetiredVideoProviderConnections,
  TutorVideoProviderConnections,
} from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import type { Connection } from "./rules.ts";

export const CURRENT = "tutor_video_provider_connections";
export const RETIRED = "retired_video_provider_connections";
/** For statements that follow one another: an undo may bring a grant back between the first two. */
export const everywhere = [CURRENT, RETIRED, CURRENT] as const;

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
