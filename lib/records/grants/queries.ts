/** A grant sits in one of two tables (see the paragraph there), so a query by grant_id has to ask both. */
import { type Insertable, sql, type Updateable } from "kysely";
import type {
  RetiredVideoProviderConnections,
  TutorVideoProviderConnections,
} from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { Connection } from "./rules.ts";

export const CURRENT = "tutor_video_provider_connections";
export const RETIRED = "retired_video_provider_connections";
/**
 * For statements that follow one another. An undo may move a grant back to the current table between the
 * first two, so that table is asked twice.
 */
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
  "refresh_refusals",
  "refresh_refused_since",
  "refresh_failed_since",
  "access_refused_since",
  "error_code",
  "error_detail",
  "connected_at",
] as const;

/** The tutor's row, whatever its status; undefined before the first consent. */
export const connectionOf = (q: Queryable, tutorId: string): Promise<Connection | undefined> =>
  q.selectFrom(CURRENT).selectAll().where("tutor_id", "=", tutorId).executeTakeFirst();

/** What the tutor may see of it. These are the only columns that a signed-in person can read. */
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
      "scopes",
      "connected_at",
      "updated_at",
      "error_code",
      "error_detail",
      "refresh_next_at",
      "refresh_error",
    ])
    .where("tutor_id", "=", tutorId)
    .executeTakeFirst();

/** Locks the row, because tokens are stored without the tutor's lock and a copy must not miss newer ones. */
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

/** Copies the current row into the retired ones. The caller overwrites the current row next. */
export const retireConnection = (trx: Trx, connection: Connection, now: Date) =>
  trx
    .insertInto(RETIRED)
    .values({
      ...Object.fromEntries(shared.map((column) => [column, connection[column]])),
      retired_at: now,
      updated_at: now,
    } as Insertable<RetiredVideoProviderConnections>)
    .execute();

/** The grant comes back into use and leaves the retired ones. @returns the shared columns of its row */
export const takeOutOfRetirement = (trx: Trx, grantId: string) =>
  trx.deleteFrom(RETIRED).where("grant_id", "=", grantId).returning(shared).executeTakeFirst();

/** The tutor's grant, in whichever table it sits. */
export async function grantRow(q: Queryable, tutorId: string, grantId: string) {
  const columns = ["provider", "connection_status", "error_code"] as const;
  const tokens = [
    "access_token_encrypted",
    "refresh_token_encrypted",
    "access_token_expires_at",
  ] as const;
  for (const table of everywhere) {
    const row = await q
      .selectFrom(table)
      .select([...columns, ...tokens])
      .where("tutor_id", "=", tutorId)
      .where("grant_id", "=", grantId)
      .executeTakeFirst();
    if (row) return row;
  }
  return undefined;
}

/** The grant that this tutor already has or had on this account, in whichever table it sits. */
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

/** Another tutor whose current connection is on this account. */
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
  /** Whether this is the tutor's current grant. */
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

/** What it depends on whether a call can be made with a grant, and to which account it goes. */
export interface TutorsGrant {
  grant_id: string;
  provider: ProviderId;
  account_user_id: string;
  /** Its tokens are erased, or known to be dead. */
  is_dead: boolean;
  access_token_expires_at: Date | null;
  refresh_next_at: Date | null;
}

/** All grants of the tutor, in use and retired. */
export function grantsOf(q: Queryable, tutorId: string): Promise<TutorsGrant[]> {
  const from = (table: typeof CURRENT | typeof RETIRED) =>
    q
      .selectFrom(table)
      .select(["grant_id", "provider", "account_user_id"])
      .select(["access_token_expires_at", "refresh_next_at"])
      .select((eb) =>
        eb
          .or([eb("access_token_encrypted", "is", null), eb("error_code", "is not", null)])
          .$castTo<boolean>()
          .as("is_dead"),
      )
      .where("tutor_id", "=", tutorId);
  return from(CURRENT).unionAll(from(RETIRED)).execute();
}

export interface StoredTokens {
  access_token_encrypted: string;
  refresh_token_encrypted: string;
  access_token_expires_at: Date;
}

/** The columns of a grant whose refreshes don't fail. */
export const noRefreshTrouble = {
  refresh_failures: 0,
  refresh_next_at: null,
  refresh_error: null,
  refresh_refusals: 0,
  refresh_refused_since: null,
  refresh_failed_since: null,
} as const;

/** The columns of a grant to which its tutor has just consented. */
export const noTrouble = { ...noRefreshTrouble, access_refused_since: null } as const;

/** Stores the tokens of a consent for a grant, wherever it sits. A dead grant becomes usable again. */
export async function renewGrantTokens(
  trx: Trx,
  grantId: string,
  tokens: StoredTokens & { scopes: string[] },
  now: Date,
): Promise<void> {
  const renewed = {
    ...tokens,
    ...noTrouble,
    refresh_lease_id: null,
    refresh_lease_until: null,
    error_code: null,
    error_detail: null,
    updated_at: now,
  };
  await trx
    .updateTable(CURRENT)
    .set({
      ...renewed,
      // Whoever has disconnected stays so.
      connection_status: sql<Connection["connection_status"]>`case connection_status
        when 'disconnected' then 'disconnected' else 'connected' end`,
    })
    .where("grant_id", "=", grantId)
    .execute();
  await trx
    .updateTable(RETIRED)
    .set(renewed)
    .where("grant_id", "=", grantId)
    .where("erased_at", "is", null)
    .execute();
}
