import type { Queryable } from "#lib/platform/db.ts";

/**
 * Why these lessons have no room. `waiting`: the tutor has no working connection. `refused`: the provider has
 * permanently refused (with one of `refusals`) the tutor's current desired state.
 */
export async function sessionsWithoutWay(
  q: Queryable,
  sessionIds: string[],
  refusals: string[],
): Promise<{ waiting: Set<string>; refused: Set<string> }> {
  const rows = await q
    .selectFrom("sessions as s")
    .leftJoin("tutor_video_provider_connections as c", "c.tutor_id", "s.tutor_id")
    .leftJoin("meetings as m", (join) =>
      join
        .onRef("m.session_id", "=", "s.id")
        .onRef("m.grant_id", "=", "c.grant_id")
        .onRef("m.generation", "=", "c.generation")
        .onRef("m.revision", "=", "s.revision")
        .on("m.state", "=", "abandoned")
        .on("m.error_code", "in", refusals),
    )
    .select(["s.id", "c.connection_status", "m.id as refusal"])
    .where("s.id", "in", sessionIds)
    .execute();
  const idsWhere = (test: (row: (typeof rows)[number]) => boolean) =>
    new Set(rows.filter(test).map((row) => row.id));
  return {
    waiting: idsWhere((row) => row.connection_status !== "connected"),
    refused: idsWhere((row) => row.refusal !== null),
  };
}
