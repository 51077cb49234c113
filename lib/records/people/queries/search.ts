/**
 * Finds tutors for support: by who they are, by whom they teach, and by the ids of what is theirs. Only the service
 * role reaches addresses, so it runs all of these.
 */
import { type RawBuilder, sql } from "kysely";
import type { Queryable } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { ConnectionStatus } from "#lib/records/grants/rules.ts";
import { openStatuses } from "#lib/records/sessions/rules.ts";

/** What leads to a tutor. */
export type FoundBy = "id" | "name" | "address" | "student" | "guardian" | "lesson" | "migration";

export interface FoundTutor {
  id: string;
  name: string;
  email: string;
  found_by: FoundBy;
  /** The student, or the lesson's title. */
  what: string | null;
  provider: ProviderId | null;
  connection_status: ConnectionStatus | null;
  /** How many are still to come, and when the next one starts. */
  lessons: number;
  next_at: Date | null;
}

interface Shown {
  now: Date;
  most: number;
}

/** Of more tutors than this, which are the most relevant is no longer worth the work: whoever searches writes more. */
const CONSIDERED = 500;

/**
 * Without case and accents, as far as every PostgreSQL can do that without an extension: letters are taken apart, and
 * the marks dropped.
 */
const plain = (text: RawBuilder<string>) =>
  sql<string>`lower(regexp_replace(normalize(${text}, nfd), ${MARKS}, '', 'g'))`;
const MARKS = sql.lit("[\\u0300-\\u036f]+");

/** Everybody who has anything to do with this id: exactly one tutor, except for a student of several. */
export const tutorsOfId = (q: Queryable, id: string, shown: Shown): Promise<FoundTutor[]> =>
  tutorsIn(
    q,
    sql`
    select id as tutor_id, 'id' as found_by, null as what, 0 as rank from people where id = ${id}
    union all ${studentsOf(sql`select ${id}::uuid as id`, "student", 1)}
    union all select tutor_id, 'lesson', title, 2 from sessions where id = ${id}
    union all select tutor_id, 'migration', null, 3 from migrations where id = ${id}`,
    shown,
  );

/** @param email in lower case */
export const tutorsOfAddress = (q: Queryable, email: string, shown: Shown): Promise<FoundTutor[]> =>
  tutorsIn(
    q,
    sql`
    select person_id as tutor_id, 'address' as found_by, null as what, 0 as rank
      from private.addresses where email = ${email}
    union all ${studentsOf(sql`select person_id as id from private.addresses where email = ${email}`, "student", 1)}
    union all ${given(sql`a.email = ${email}`)}`,
    shown,
  );

/**
 * Those in whose name or address, or in one of whose students', this stands. Reads every name and address once. `strpos`
 * has no special characters, unlike LIKE.
 * @param text at least three characters
 */
export const tutorsLike = (q: Queryable, text: string, shown: Shown): Promise<FoundTutor[]> => {
  const wanted = plain(sql`${text}::text`);
  const holds = (column: RawBuilder<string>) =>
    sql<boolean>`strpos(${plain(column)}, ${wanted}) > 0`;
  const begins = (column: RawBuilder<string>) =>
    sql<boolean>`strpos(' ' || ${plain(column)}, ' ' || ${wanted}) > 0`;
  const name = sql<string>`p.name`;
  const email = sql<string>`a.email`;
  return tutorsIn(
    q,
    sql`
    select p.id as tutor_id, case when ${holds(name)} then 'name' else 'address' end as found_by,
           null as what, case when ${begins(name)} or ${begins(email)} then 0 else 1 end as rank
      from people p join private.addresses a on a.person_id = p.id
     where p.role = 'tutor' and (${holds(name)} or ${holds(email)})
    union all ${studentsOf(
      sql`select p.id from people p join private.addresses a on a.person_id = p.id
           where p.role <> 'tutor' and p.has_account and (${holds(name)} or ${holds(email)})`,
      "student",
      2,
    )}
    union all select tutor_id, 'student', name, 2 from tutor_students where ${holds(sql`name`)}
    union all ${given(holds(email))}`,
    shown,
  );
};

/** Whoever has had lessons with these people, or has written them down, and what they call them. */
const studentsOf = (ids: RawBuilder<unknown>, foundBy: FoundBy, rank: number) => sql`
  select known.tutor_id, ${sql.lit(foundBy)}, coalesce(ts.name, p.name), ${sql.lit(rank)}
    from (${ids}) who(id)
    join people p on p.id = who.id
   cross join lateral (
     select b.tutor_id from bookings b where b.student_id = who.id
     union select w.tutor_id from tutor_students w where w.student_id = who.id
   ) known
    left join tutor_students ts on ts.tutor_id = known.tutor_id and ts.student_id = who.id`;

/** By the addresses that were given for a student or as a guardian's, by the tutor or by the student. */
const given = (isMeant: RawBuilder<boolean>) => sql`
  select a.asker_id, case when a.kind = 'student' then 'student' else 'guardian' end, ts.name,
         case when a.kind = 'student' then 2 else 3 end
    from private.asks a
    join tutor_students ts on ts.tutor_id = a.asker_id and ts.student_id = a.student_id
   where a.kind <> 'guardian' and a.ended_at is null and ${isMeant}
  union all ${studentsOf(
    sql`select a.asker_id from private.asks a
         where a.kind = 'guardian' and a.ended_at is null and ${isMeant}`,
    "guardian",
    3,
  )}`;

/** The tutors of these matches, each once, by the best one: by rank, then by whoever teaches soonest. */
async function tutorsIn(
  q: Queryable,
  matches: RawBuilder<unknown>,
  { now, most }: Shown,
): Promise<FoundTutor[]> {
  const open = sql.join(openStatuses);
  const { rows } = await sql<FoundTutor>`
    with best as (
      select distinct on (m.tutor_id) m.tutor_id, m.found_by, m.what, m.rank
        from (${matches}) m join people t on t.id = m.tutor_id and t.role = 'tutor'
       order by m.tutor_id, m.rank, m.what
    ), considered as (
      select * from best order by rank, tutor_id limit ${CONSIDERED}
    )
    select t.id, t.name, a.email, m.found_by, m.what, c.provider, c.connection_status,
           ahead.lessons, ahead.next_at
      from considered m
      join people t on t.id = m.tutor_id
      join private.addresses a on a.person_id = t.id
      left join tutor_video_provider_connections c on c.tutor_id = t.id
     cross join lateral (
       select count(*)::int as lessons, min(s.scheduled_start_at) as next_at from sessions s
        where s.tutor_id = t.id and s.status in (${open}) and s.scheduled_start_at >= ${now}
     ) ahead
     order by m.rank, ahead.next_at nulls last, t.name, t.id
     limit ${most}`.execute(q);
  return rows;
}
