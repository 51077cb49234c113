import { sql } from "kysely";
import { addMinutes } from "#lib/platform/clock.ts";
import type { Queryable } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import { OVERRUN_MINUTES } from "#lib/records/sessions/rules.ts";

/** A row that has been due for longer than this has no worker to process it. */
export const OVERDUE_MINUTES = 5;

/**
 * Tutors with rows whose call is overdue, although the connection works: no worker is running. Oldest first.
 * This is an estimate from dates alone; only the planner knows what is really due. `providers` are those that can be
 * called.
 */
export const overdueByTutor = async (
  q: Queryable,
  {
    now,
    opensMinutesBefore,
    providers,
  }: { now: Date; opensMinutesBefore: number; providers: ProviderId[] },
) => {
  if (providers.length === 0) return [];
  const before = addMinutes(now, -OVERDUE_MINUTES);
  // A replaced room stays while its lesson may be under way.
  const due = sql<Date>`coalesce(greatest(m.next_attempt_at, m.lease_until,
    case when m.state = 'superseded' then m.delete_after end,
    case when m.state = 'superseded' and s.status <> 'CANCELLED'
          and s.scheduled_start_at <= ${now}::timestamptz + make_interval(mins => ${opensMinutesBefore}::int)
         then s.scheduled_end_at + make_interval(mins => ${OVERRUN_MINUTES}::int) end), line.moved_at)`;
  // What has no date stands in line behind the tutor's others, and moves on as long as one of them does.
  const lines = q
    .selectFrom("meetings")
    .select((eb) => ["tutor_id", eb.fn.max("updated_at").as("moved_at")])
    .where("state", "in", ["intended", "superseded", "deleting"])
    .groupBy("tutor_id")
    .as("line");
  return q
    .selectFrom("meetings as m")
    .innerJoin(lines, "line.tutor_id", "m.tutor_id")
    .innerJoin("sessions as s", "s.id", "m.session_id")
    .innerJoin("people as p", "p.id", "m.tutor_id")
    .innerJoin("private.addresses as a", "a.person_id", "p.id")
    .leftJoin("tutor_video_provider_connections as c", "c.grant_id", "m.grant_id")
    .leftJoin("retired_video_provider_connections as r", "r.grant_id", "m.grant_id")
    .select((eb) => ["p.id", "p.name", "a.email", eb.fn.countAll<number>().as("count")])
    .select(sql<Date>`min(${due})`.as("since"))
    .where("m.state", "in", ["intended", "superseded", "deleting"])
    .where("m.provider", "in", providers)
    .where((eb) => eb.or([eb("m.state", "<>", "superseded"), eb("m.delete_after", "is not", null)]))
    .where((eb) =>
      eb.or([
        eb.and([
          eb("c.connection_status", "=", "connected"),
          eb.or([eb("c.refresh_next_at", "is", null), eb("c.refresh_next_at", "<=", before)]),
        ]),
        eb.and([
          eb("m.state", "<>", "intended"),
          eb("r.grant_id", "is not", null),
          eb("r.erased_at", "is", null),
          eb("r.error_code", "is", null),
          eb.or([eb("r.refresh_next_at", "is", null), eb("r.refresh_next_at", "<=", before)]),
        ]),
      ]),
    )
    .where(due, "<", before)
    .groupBy(["p.id", "p.name", "a.email"])
    .orderBy("since")
    .execute();
};
