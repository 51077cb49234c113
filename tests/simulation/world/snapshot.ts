/** What the tables say, read directly by the simulation and past all processes. */
import type { Prepared } from "#tests/simulation/machine/prepared.ts";

export interface SeenSession {
  id: string;
  tutor_id: string;
  student_id: string;
  booking_id: string;
  status: string;
  revision: number;
  title: string;
  starts: number;
  ends: number;
  provider: string | null;
  external_id: string | null;
  join_url: string | null;
  meeting_id: string | null;
  /** What its room asks for, as it is stored; null where nothing is. */
  sealed_passcode: string | null;
  /** Which place each side was last notified of, and how often the lesson's calendar entry has changed. */
  student_told: string | null;
  tutor_told: string | null;
  entry: number;
}

export interface SeenMeeting {
  id: string;
  tutor_id: string;
  session_id: string;
  origin: "segue" | "manual";
  provider: string;
  grant_id: string | null;
  generation: number;
  revision: number;
  key: string;
  state: string;
  external_id: string | null;
  join_url: string | null;
  refused: boolean;
  /** What the provider is known to make of the time that it was told. */
  answered: number | null;
  repairs: number;
  repaired_at: number | null;
  /** How many writes of its last such day were answered unclearly. */
  unclear: number;
  /** So was its newest write, and no other answer has come since. */
  is_unclear: boolean;
  code: string | null;
  /** When it was last written. */
  since: number;
  /** Before this nobody tries. */
  waits: number | null;
  due: number | null;
  look_due: number | null;
}

export interface SeenMigration {
  id: string;
  tutor_id: string;
  generation: number;
  kind: string;
  status: string;
  undo_until: number | null;
  waiting_until: number | null;
}

export interface SeenMove {
  id: string;
  migration_id: string;
  session_id: string;
  state: string;
  from_meeting_id: string | null;
}

export interface SeenGrant {
  id: string;
  tutor_id: string;
  grant_id: string;
  provider: string;
  account: string;
  status: string;
  generation: number;
  current: boolean;
  dead: boolean;
  /** The refresh token, as it is stored. */
  sealed: string | null;
  due: number | null;
}

/** How many calls of a day were counted for one limit. */
export interface SeenDay {
  id: string;
  day: string;
  taken: number;
}

/** A mail about a connection that died. */
export interface SeenDeath {
  id: string;
}

/** A reminder that was written more than once. */
export interface SeenTwice {
  id: string;
  to: string;
  subject: string;
}

export interface Snapshot {
  sessions: SeenSession[];
  meetings: SeenMeeting[];
  migrations: SeenMigration[];
  moves: SeenMove[];
  grants: SeenGrant[];
  days: SeenDay[];
  deaths: SeenDeath[];
  twice: SeenTwice[];
}

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;
const all = (columns: string, from: string) =>
  `(select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select ${columns} from ${from}) r)`;
const grant = (rest: string, from: string) =>
  `select grant_id as id, tutor_id, grant_id, provider, account_user_id as account,
    connection_status as status, refresh_token_encrypted as sealed, ${rest} from ${from}`;

const query = `select json_build_object(
  'sessions', ${all(
    `id, tutor_id, student_id, booking_id, status, revision, title, ${ms("scheduled_start_at")} as starts,
     ${ms("scheduled_end_at")} as ends, provider, meeting_external_id as external_id, join_url, meeting_id,
     (select sealed from private.meeting_passcodes p where p.meeting_id = sessions.meeting_id) as sealed_passcode,
     student_notified_provider as student_told, tutor_notified_provider as tutor_told, calendar_sequence as entry`,
    "public.sessions order by id",
  )},
  'meetings', ${all(
    `id, tutor_id, session_id, origin, provider, grant_id, generation, revision, key, state, external_id,
     join_url, state = 'abandoned' and error_code is not null and error_code <> 'refused' as refused,
     ${ms("answered_starts_at")} as answered, repairs, ${ms("repaired_at")} as repaired_at,
     unclear_writes as unclear, unclear_revision is not null as is_unclear, error_code as code,
     ${ms("updated_at")} as since, ${ms("next_attempt_at")} as waits,
     case when state in ('intended', 'live', 'superseded', 'deleting') then
       ${ms("greatest(next_attempt_at, lease_until, case state when 'superseded' then delete_after end)")} end as due,
     ${ms("orphan_scan_at")} as look_due`,
    "public.meetings order by id",
  )},
  'migrations', ${all(
    `id, tutor_id, generation, kind, status, ${ms("undo_until")} as undo_until, ${ms("waiting_until")} as waiting_until`,
    "public.migrations order by id",
  )},
  'moves', ${all(
    "migration_id || session_id::text as id, migration_id, session_id, state, from_meeting_id",
    "public.migration_sessions order by migration_id, session_id",
  )},
  'grants', ${all(
    "*",
    `(${grant(
      `generation, true as current, error_code is not null as dead, ${ms("greatest(refresh_next_at, refresh_lease_until)")} as due`,
      "public.tutor_video_provider_connections",
    )} union all ${grant(
      `0 as generation, false as current, error_code is not null or erased_at is not null as dead,
       case when erased_at is null then ${ms("greatest(revocation_next_at, revocation_until, refresh_next_at)")} end as due`,
      "public.retired_video_provider_connections",
    )}) g order by grant_id`,
  )},
  'days', ${all("key as id, day, taken", "public.provider_budgets where day is not null order by key")},
  'deaths', ${all("id", "public.mails where about = 'reconnect' order by id")},
  'twice', ${all(
    "min(mail_id::text) as id, to_email as to, subject",
    // Once a mail is sent its text is gone; that of a reminder is all in its subject.
    `private.mail_texts join public.mails m on m.id = mail_id
     where m.calendar_method is null and m.status <> 'dropped' and m.about is distinct from 'reconnect'
     group by to_email, subject, case when m.about = 'reminder' then '' else coalesce(text_body, mail_id::text) end
     having count(*) > 1`,
  )}) as seen`;

export async function takeSnapshot(database: Prepared): Promise<Snapshot> {
  const { rows } = await database.query(query);
  return rows[0]?.seen as Snapshot;
}

export const emptySnapshot: Snapshot = {
  sessions: [],
  meetings: [],
  migrations: [],
  moves: [],
  grants: [],
  days: [],
  deaths: [],
  twice: [],
};
