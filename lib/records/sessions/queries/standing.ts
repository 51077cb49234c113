import type { Queryable } from "#lib/platform/db.ts";

/**
 * A lesson with what decides whether a meeting that is being made for it is still wanted: its tutor's connection, and the
 * room that it points at. One statement, because each call of a switch asks twice.
 */
export const standingOf = (q: Queryable, sessionId: string) =>
  q
    .selectFrom("sessions as s")
    .innerJoin("people as tutor", "tutor.id", "s.tutor_id")
    .leftJoin("tutor_video_provider_connections as c", "c.tutor_id", "s.tutor_id")
    .leftJoin("meetings as room", (join) =>
      join.onRef("room.id", "=", "s.meeting_id").on("room.state", "=", "live"),
    )
    .selectAll("s")
    .select([
      "tutor.time_zone as tutor_time_zone",
      "c.connection_status as desired_status",
      "c.grant_id as desired_grant_id",
      "c.generation as desired_generation",
      "room.origin as room_origin",
      "room.generation as room_generation",
    ])
    .where("s.id", "=", sessionId)
    .executeTakeFirst();

export type Standing = NonNullable<Awaited<ReturnType<typeof standingOf>>>;
