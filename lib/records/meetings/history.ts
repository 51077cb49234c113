import type { Queryable } from "#lib/platform/db.ts";
import type { Arrival, HandedOut } from "./stays.ts";

/** Every room that the lesson ever led to. */
export const roomsHandedOut = (q: Queryable, sessionId: string): Promise<HandedOut[]> =>
  q
    .selectFrom("meetings")
    .select(["id", "origin", "provider", "join_url", "state", "created_at"])
    .select(["live_at", "superseded_at", "closed_at"])
    .where("session_id", "=", sessionId)
    .where("live_at", "is not", null)
    .$narrowType<{ live_at: Date }>()
    .execute();

/** Which migration brought the lesson into which room. */
export const arrivalsOf = (q: Queryable, sessionId: string): Promise<Arrival[]> =>
  q
    .selectFrom("migration_sessions as ms")
    .innerJoin("migrations as m", "m.id", "ms.migration_id")
    .select([
      "ms.to_meeting_id",
      "m.kind",
      "m.created_at as asked_at",
      "ms.finished_at as moved_at",
    ])
    .where("ms.session_id", "=", sessionId)
    .where("ms.state", "=", "moved")
    .where("ms.to_meeting_id", "is not", null)
    .where("ms.finished_at", "is not", null)
    .$narrowType<{ to_meeting_id: string; moved_at: Date }>()
    .execute();
