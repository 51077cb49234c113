import type { Queryable } from "#lib/platform/db.ts";
import type { Connection } from "./queries.ts";

export interface HeldGrant
  extends Pick<Connection, "grant_id" | "provider" | "error_code" | "error_detail"> {
  current: boolean;
  /** It is being revoked, or may be. */
  isLeaving: boolean;
}

const columns = ["grant_id", "provider", "error_code", "error_detail"] as const;

/** The tutor's grants whose tokens aren't erased, dead ones among them; the current one first. */
export async function heldGrants(q: Queryable, tutorId: string, now: Date): Promise<HeldGrant[]> {
  const current = await q
    .selectFrom("tutor_video_provider_connections")
    .select(columns)
    .where("tutor_id", "=", tutorId)
    .execute();
  const retired = await q
    .selectFrom("retired_video_provider_connections")
    .select([...columns, "letting_go_until"])
    .where("tutor_id", "=", tutorId)
    .where("erased_at", "is", null)
    .orderBy("retired_at")
    .execute();
  return [
    ...current.map((grant) => ({ ...grant, current: true, isLeaving: false })),
    ...retired.map(({ letting_go_until: until, ...grant }) => ({
      ...grant,
      current: false,
      isLeaving: until !== null && until > now,
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
