/**
 * Fills a database with a school's years: tutors whose lessons all have what they need, so that nothing is due and nobody
 * waits. It is written in few statements, because a million rows are.
 */
import type { OpenDatabase } from "#lib/platform/db.ts";

interface Filling {
  /** A multiple of `perTutor`. */
  lessons: number;
  now: Date;
  /** Each tutor's lessons, one a day: so many of them are over. */
  perTutor?: number;
  over?: number;
}

export async function fill(
  { exec }: Pick<OpenDatabase, "exec">,
  { lessons, now, perTutor = 100, over = 60 }: Filling,
): Promise<void> {
  const at = `timestamptz '${now.toISOString()}'`;
  const tutors = lessons / perTutor;
  const numbers = `generate_series(1, ${tutors}) i, generate_series(1, ${perTutor}) k`;
  const start = `${at} + make_interval(days => k - ${over}) + interval '3 hours'`;
  const isOver = `k <= ${over}`;
  await exec(`
    insert into identity."user" (id, name, email, role, time_zone, language)
      select ${id("t")}, 'Tutor ' || i, 't' || i || '@many.example', 'tutor', 'Etc/UTC', 'en'
        from generate_series(1, ${tutors}) i
      union all
      select ${id("s")}, 'Student ' || i, 's' || i || '@many.example', 'student', 'Etc/UTC', 'en'
        from generate_series(1, ${tutors}) i;
    update people set confirmed_at = ${at} where confirmed_at is null;

    insert into tutor_video_provider_connections (tutor_id, provider, grant_id, account_user_id, account_email, scopes,
        access_token_encrypted, refresh_token_encrypted, access_token_expires_at, connected_at, generation)
      select ${id("t")}, 'zoom', ${id("g")}, 'account ' || i, 't' || i || '@zoom.example', '{}', 'sealed', 'sealed',
             ${at} + interval '1 hour', ${at} - interval '90 days', 2
        from generate_series(1, ${tutors}) i;

    insert into bookings (id, tutor_id, student_id, subject, starts_at, duration_minutes, time_zone, repeat_weekly, status,
        decided_at, starts_local, utc_offset)
      select ${lesson("b")}, ${id("t")}, ${id("s")}, 'Algebra', ${start}, 45, 'Etc/UTC', 1, 'accepted',
             ${at} - interval '91 days', ${local(start)}, 0
        from ${numbers} order by i, k;

    insert into sessions (id, booking_id, tutor_id, student_id, title, scheduled_start_at, scheduled_end_at, status,
        provider, meeting_external_id, join_url, meeting_created_at, student_notified_provider, tutor_notified_provider,
        starts_local, utc_offset, time_zone, created_at, updated_at)
      select ${lesson("l")}, ${lesson("b")}, ${id("t")}, ${id("s")}, 'Algebra', ${start}, ${start} + interval '45 minutes',
             case when ${isOver} then 'COMPLETED' else 'SCHEDULED' end, 'zoom', 'm' || i || '-' || k,
             'https://zoom.example/j/' || i || '-' || k, ${at} - interval '80 days', 'zoom', 'zoom',
             ${local(start)}, 0, 'Etc/UTC', ${at} - interval '91 days', ${at} - interval '80 days'
        from ${numbers} order by i, k;

    insert into meetings (id, tutor_id, session_id, provider, grant_id, generation, revision, key, state, title, starts_at,
        duration_minutes, external_id, join_url, created_at, live_at, closed_at, updated_at)
      select ${lesson("m")}, ${id("t")}, ${lesson("l")}, 'zoom', ${id("g")}, 2, 1, substr(md5('m' || i || ' ' || k), 1, 26),
             case when ${isOver} then 'ended' else 'live' end, 'Algebra', ${start}, 45, 'm' || i || '-' || k,
             'https://zoom.example/j/' || i || '-' || k, ${at} - interval '80 days', ${at} - interval '80 days',
             case when ${isOver} then ${start} + interval '1 hour' end, ${at} - interval '80 days'
        from ${numbers} order by i, k;

    update sessions s set meeting_id = m.id from meetings m where m.session_id = s.id;

    insert into migrations (id, tutor_id, generation, kind, status, from_provider, to_provider, to_grant_id, created_by,
        total, settled_at, undo_until, finished_at, created_at, updated_at)
      select ${id("g")}, ${id("t")}, 2, 'switch', 'completed', 'google_meet', 'zoom', ${id("g")}, ${id("t")},
             ${perTutor}, ${at} - interval '80 days', ${at} - interval '79 days', ${at} - interval '79 days',
             ${at} - interval '80 days', ${at} - interval '80 days'
        from generate_series(1, ${tutors}) i;
    insert into migration_sessions (migration_id, session_id, tutor_id, position, state, to_meeting_id, finished_at,
        updated_at)
      select ${id("g")}, ${lesson("l")}, ${id("t")}, k, 'moved', ${lesson("m")}, ${at} - interval '80 days',
             ${at} - interval '80 days'
        from ${numbers} order by i, k;

    insert into session_joins (session_id, person_id, meeting_id, joined_at)
      select ${lesson("l")}, ${id("s")}, ${lesson("m")}, ${start} from ${numbers} where ${isOver};
    insert into reminders (session_id, kind, revision, created_at)
      select ${lesson("l")}, kind, 1, ${start} - interval '1 day'
        from ${numbers}, (values ('day'), ('hour')) kinds (kind) where ${isOver};
    insert into mails (status, next_attempt_at, created_at, sent_at, person_id, about)
      select 'sent', ${start}, ${start}, ${start}, ${id("s")}, 'reminder' from ${numbers} where ${isOver};`);
  // Somebody has looked since.
  await exec("delete from private.tutors_to_look_at");
  await exec("vacuum analyze");
}

/** A UUID of version 4 that the text always gives. */
export const uuidOf = (text: string) =>
  `overlay(overlay(md5(${text}) placing '4' from 13) placing 'a' from 17)::uuid`;
const id = (of: string) => uuidOf(`'${of}' || i`);
const lesson = (of: string) => uuidOf(`'${of}' || i || ' ' || k`);
const local = (start: string) => `to_char((${start}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI')`;
