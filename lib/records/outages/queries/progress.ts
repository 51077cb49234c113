/** How far an outage's tutors have come. */
import { sql } from "kysely";
import type { Queryable } from "#lib/platform/db.ts";
import type { Outage } from "#lib/records/outages/queries.ts";

export interface OutageCounts {
  tutors: number;
  /** Their turn hasn't come yet. */
  waiting: number;
  told: number;
  mails_sent: number;
  mails_queued: number;
  mails_failed: number;
  /** Have begun to move their lessons to the other provider since. */
  moved: number;
  /** All of those lessons have their new room. */
  safe: number;
  /** When the last of them had. */
  last_safe_at: Date | null;
  told_over: number;
}

export async function outageCounts(q: Queryable, outage: Outage): Promise<OutageCounts> {
  const { rows } = await sql<OutageCounts>`
    with moves as (
      select tutor_id, bool_and(settled_at is not null) as is_settled, max(settled_at) as settled_at
        from migrations
       where from_provider = ${outage.provider} and to_provider <> ${outage.provider}
         and created_at >= ${outage.since}
       group by tutor_id)
    select count(*)::integer as tutors,
           count(*) filter (where t.looked_at is null)::integer as waiting,
           count(*) filter (where t.told_at is not null)::integer as told,
           count(*) filter (where m.status = 'sent')::integer as mails_sent,
           count(*) filter (where m.status = 'queued')::integer as mails_queued,
           count(*) filter (where m.status = 'failed')::integer as mails_failed,
           count(v.tutor_id)::integer as moved,
           count(*) filter (where v.is_settled)::integer as safe,
           max(v.settled_at) filter (where v.is_settled) as last_safe_at,
           count(*) filter (where t.over_told_at is not null)::integer as told_over
      from private.outage_tutors t
      left join mails m on m.id = t.mail_id
      left join moves v on v.tutor_id = t.tutor_id
     where t.outage_id = ${outage.id}`.execute(q);
  const [counts] = rows;
  if (!counts) throw new Error("An aggregate always has a row");
  return counts;
}
