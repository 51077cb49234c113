/** Totals for whoever monitors the installation. They contain nobody's id or address. */
import { sql } from "kysely";
import { addDays, addMinutes } from "#lib/platform/clock.ts";
import type { Queryable } from "#lib/platform/db.ts";

export interface Figure {
  name:
    | "migrations"
    | "moves"
    | "meetings"
    | "connections"
    | "mails"
    | "lessons_without_room"
    | "lessons_soon_without_room"
    | "budgets"
    | "circuits"
    | "operator_troubles";
  /** What the figure is grouped by: a state or a provider. */
  first: string;
  second: string;
  value: number;
}

/** Time enough for somebody who is called to do something about it. */
const SOON_MINUTES = 120;

/**
 * What waits or is under way, and what has ended within a day: what is at rest isn't counted, because there is ever more of
 * it. `today` is the UTC day whose budgets are counted.
 */
export async function figures(q: Queryable, of: { now: Date; today: string }): Promise<Figure[]> {
  const since = addDays(of.now, -1);
  const { rows } = await sql<Figure>`
    with recent as (
      select id, status from migrations where status in ('running', 'waiting')
      union all
      select id, status from migrations where finished_at > ${since}
    )
    select 'migrations' as name, status as first, '' as second, count(*)::float8 as value
      from recent group by status
    union all
    select 'moves', m.state, '', count(*) from recent join migration_sessions m on m.migration_id = recent.id
     group by m.state
    union all
    select 'meetings', state, provider, count(*) from meetings where state in ('intended', 'deleting')
     group by state, provider
    union all
    select 'meetings', state, provider, count(*) from meetings where state = 'superseded'
     group by state, provider
    union all
    select 'connections', provider, connection_status, count(*)
      from tutor_video_provider_connections where connection_status = 'needs_reconnect'
     group by provider, connection_status
    union all
    select 'mails', status, '', count(*) from mails
     where status = 'queued' or sent_at > ${since}
        or (status in ('failed', 'dropped') and next_attempt_at > ${since})
     group by status
    union all
    select 'lessons_without_room', '', '', count(*) from sessions
     where status in ('SCHEDULED', 'JOIN_OPEN') and scheduled_start_at >= ${of.now}
       and join_url is null
    union all
    select 'lessons_soon_without_room', '', '', count(*) from sessions
     where status in ('SCHEDULED', 'JOIN_OPEN') and scheduled_start_at >= ${of.now}
       and scheduled_start_at < ${addMinutes(of.now, SOON_MINUTES)} and join_url is null
    union all
    select 'budgets', split_part(key, ' ', 1), split_part(key, ' ', 2), max(taken)
      from provider_budgets where day = ${of.today}::date group by 2, 3
    union all
    select 'circuits', provider, '', max((open_until is not null)::int) from provider_circuits
     group by provider
    union all
    select 'operator_troubles', provider, kind, 1 from operator_troubles
     where resolved_at is null`.execute(q);
  return rows;
}
