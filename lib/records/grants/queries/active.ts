import type { Queryable } from "#lib/platform/db.ts";
import type { Connection } from "#lib/records/grants/rules.ts";

export interface ActiveGrant
  extends Pick<Connection, "grant_id" | "provider" | "error_code" | "error_detail"> {
  current: boolean;
  /** It is being revoked, or may be. */
  isBeingRevoked: boolean;
}

const columns = ["grant_id", "provider", "error_code", "error_detail"] as const;

/** The tutor's grants whose tokens aren't erased, dead ones among them; the current one first. */
export async function activeGrants(
  q: Queryable,
  tutorId: string,
  now: Date,
): Promise<ActiveGrant[]> {
  const current = await q
    .selectFrom("tutor_video_provider_connections")
    .select(columns)
    .where("tutor_id", "=", tutorId)
    .execute();
  const retired = await q
    .selectFrom("retired_video_provider_connections")
    .select([...columns, "revocation_until"])
    .where("tutor_id", "=", tutorId)
    .where("erased_at", "is", null)
    .orderBy("retired_at")
    .execute();
  return [
    ...current.map((grant) => ({ ...grant, current: true, isBeingRevoked: false })),
    ...retired.map(({ revocation_until: until, ...grant }) => ({
      ...grant,
      current: false,
      isBeingRevoked: until !== null && until > now,
    })),
  ];
}

/** Tutors whose connection is dead until they reconnect it. */
export const connectionsToRenew = (q: Queryable) =>
  q
    .selectFrom("tutor_video_provider_connections")
    .select("tutor_id")
    .where("connection_status", "=", "needs_reconnect")
    .execute();

/** The same with their names, the newest first. */
export const deadConnections = (q: Queryable, limit: number) =>
  q
    .selectFrom("tutor_video_provider_connections as c")
    .innerJoin("people as p", "p.id", "c.tutor_id")
    .select(["p.id", "p.name", "p.email", "c.provider", "c.updated_at"])
    .where("c.connection_status", "=", "needs_reconnect")
    .orderBy("c.updated_at", "desc")
    .limit(limit)
    .execute();

/** Ids of all grants on an account, whoever's they are, that may still be called with. */
export async function grantsOfAccount(
  q: Queryable,
  of: { provider: Connection["provider"]; accountUserId: string },
): Promise<string[]> {
  const rows = await q
    .selectFrom("tutor_video_provider_connections")
    .select("grant_id")
    .where("provider", "=", of.provider)
    .where("account_user_id", "=", of.accountUserId)
    .where("error_code", "is", null)
    .unionAll(
      q
        .selectFrom("retired_video_provider_connections")
        .select("grant_id")
        .where("provider", "=", of.provider)
        .where("account_user_id", "=", of.accountUserId)
        .where("error_code", "is", null)
        .where("erased_at", "is", null),
    )
    .execute();
  return rows.map((row) => row.grant_id);
}
