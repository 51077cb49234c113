import type { Queryable } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { MeetingState } from "#lib/records/meetings/rules.ts";
import type { MigrationKind } from "#lib/records/migrations/rules.ts";

export interface HandedOut {
  id: string;
  origin: "segue" | "manual";
  provider: ProviderId;
  join_url: string | null;
  state: MeetingState;
  created_at: Date;
  live_at: Date;
  superseded_at: Date | null;
  closed_at: Date | null;
}

export interface Arrival {
  to_meeting_id: string;
  kind: MigrationKind;
  to_grant_id: string;
  /** When the migration was requested, and when this lesson moved in it. */
  asked_at: Date;
  moved_at: Date;
}

/** Every room that the lesson has ever led to. */
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
      "m.to_grant_id",
      "m.created_at as asked_at",
      "ms.finished_at as moved_at",
    ])
    .where("ms.session_id", "=", sessionId)
    .where("ms.state", "=", "moved")
    .where("ms.to_meeting_id", "is not", null)
    .where("ms.finished_at", "is not", null)
    .$narrowType<{ to_meeting_id: string; moved_at: Date }>()
    .execute();
