import type { Queryable } from "#lib/platform/db.ts";
import type { Connection } from "#lib/records/grants/rules.ts";

export interface ActiveGrant
  extends Pick<Connection, "grant_id" | "provider" | "error_code" | "error_detail"> {
  current: boolean;
  /** A call that revokes it is under way, or may be. */
  isBeingRevoked: boolean;
}

const columns = ["grant_id", "provider", "error_code", "error_detail"] as const;

/** The tutor's grants whose tokens aren't erased, including dead ones. The current grant comes first. */
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

/** Tutors who have to reconnect, because their connection is dead. */
export const connectionsToRenew = (q: Queryable) =>
  q
    .selectFrom("tutor_video_provider_connections")
    .select("tutor_id")
    .where("connection_status", "=", "needs_reconnect")
    .execute();

/** The same connections with the tutors' names, newest first. */
export const deadConnections = (q: Queryable, limit: number) =>
  q
    .selectFrom("tutor_video_provider_connections as c")
    .innerJoin("people as p", "p.id", "c.tutor_id")
    .innerJoin("private.addresses as a", "a.person_id", "p.id")
    .select(["p.id", "p.name", "a.email", "c.provider", "c.updated_at"])
    .where("c.connection_status", "=", "needs_reconnect")
    .orderBy("c.updated_at", "desc")
    .limit(limit)
    .execute();

/** Ids of all grants on an account that can still be used for calls, whichever tutors they belong to. */
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
