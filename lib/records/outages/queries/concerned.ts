/** Whose lessons a provider's outage concerns. */
import { type RawBuilder, sql } from "kysely";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import { openStatuses } from "#lib/records/sessions/rules.ts";

export interface Concerned {
  tutor_id: string;
  name: string;
  email: string;
  lessons: number;
  students: number;
  first_start: Date;
}

export interface Hours {
  provider: ProviderId;
  now: Date;
  /** Lessons that start later aren't counted. */
  until: Date;
  /** Of one tutor alone. */
  tutorId?: string;
}

/**
 * Lessons that aren't over and start until then: in a room there, or without one and to get one there. Those of a tutor who
 * has connected the other provider move by themselves.
 */
const lessonsThere = ({ provider, now, until, tutorId }: Hours): RawBuilder<unknown> => sql`
  select s.tutor_id, s.student_id, s.scheduled_start_at
    from sessions s
    left join tutor_video_provider_connections c
      on c.tutor_id = s.tutor_id and c.connection_status <> 'disconnected'
   where s.status in (${sql.join(openStatuses)})
     and s.scheduled_start_at < ${until} and s.scheduled_end_at > ${now}
     ${tutorId === undefined ? sql`` : sql`and s.tutor_id = ${tutorId}`}
     and coalesce(c.provider, ${provider}) = ${provider}
     and (s.provider = ${provider} or (s.join_url is null and c.provider = ${provider}))`;

/** Those with the soonest lesson first. */
export async function concernedTutors(q: Queryable, hours: Hours): Promise<Concerned[]> {
  const { rows } = await sql<Concerned>`
    select t.tutor_id, p.name, a.email, count(*)::integer as lessons,
           count(distinct t.student_id)::integer as students, min(t.scheduled_start_at) as first_start
      from (${lessonsThere(hours)}) t
      join people p on p.id = t.tutor_id
      join private.addresses a on a.person_id = t.tutor_id
     group by t.tutor_id, p.name, a.email
     order by first_start, t.tutor_id`.execute(q);
  return rows;
}

/** Their turn to be told comes once more, whoever had it before. @returns how many there are */
export async function queueConcerned(trx: Trx, outageId: string, hours: Hours): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    insert into private.outage_tutors (outage_id, tutor_id, lessons, first_start)
      select ${outageId}, t.tutor_id, count(*), min(t.scheduled_start_at)
        from (${lessonsThere(hours)}) t group by t.tutor_id
      on conflict (outage_id, tutor_id) do update
         set lessons = excluded.lessons, first_start = excluded.first_start, looked_at = null`.execute(
    trx,
  );
  return Number(numAffectedRows);
}
