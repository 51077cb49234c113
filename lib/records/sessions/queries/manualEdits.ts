/** Lessons whose columns somebody has changed directly in the database, bypassing the ledger. */
import type { Queryable } from "#lib/platform/db.ts";
import { openStatuses } from "#lib/records/sessions/rules.ts";

/**
 * Lessons that aren't over yet and whose columns differ from the meeting that they point at, together with
 * the meeting's values. Our own writes change both in one transaction.
 */
export const manuallyEditedSessions = (
  q: Queryable,
  of: { now: Date; tutorId?: string; sessionId?: string },
) =>
  q
    .selectFrom("sessions as s")
    .leftJoin("meetings as m", "m.id", "s.meeting_id")
    .selectAll("s")
    .select([
      "m.state as room_state",
      "m.provider as room_provider",
      "m.external_id as room_external_id",
      "m.join_url as room_url",
    ])
    .where("s.status", "in", openStatuses)
    .where("s.scheduled_end_at", ">", of.now)
    .where((eb) =>
      eb.or([
        eb("s.join_url", "is distinct from", eb.ref("m.join_url")),
        eb("s.provider", "is distinct from", eb.ref("m.provider")),
        eb("s.meeting_external_id", "is distinct from", eb.ref("m.external_id")),
      ]),
    )
    .$if(of.tutorId !== undefined, (query) => query.where("s.tutor_id", "=", of.tutorId ?? ""))
    .$if(of.sessionId !== undefined, (query) => query.where("s.id", "=", of.sessionId ?? ""))
    .execute();

export type ManuallyEditedSession = Awaited<ReturnType<typeof manuallyEditedSessions>>[number];
