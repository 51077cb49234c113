import { sql } from "kysely";
import type { Queryable } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";

const RECENT = 5;

/**
 * Seconds per lesson in the tutor's latest migrations to this provider, from the request until the migration
 * first settled; null before there was one. An undo makes next to no calls, so it isn't counted.
 */
export async function secondsEach(
  q: Queryable,
  tutorId: string,
  provider: ProviderId,
): Promise<number | null> {
  const { rows } = await sql<{ seconds: number | null }>`
    select sum(seconds) / nullif(sum(lessons), 0) as seconds from (
      select extract(epoch from m.settled_at - m.created_at)::float8 as seconds,
             (select count(*) from migration_sessions ms
               where ms.migration_id = m.id and ms.state = 'moved'
                 and ms.finished_at <= m.settled_at)::float8 as lessons
        from migrations m
       where m.tutor_id = ${tutorId} and m.to_provider = ${provider}
         and m.kind <> 'undo' and m.status in ('completed', 'waiting')
       order by m.generation desc limit ${RECENT}
    ) recent`.execute(q);
  return rows[0]?.seconds ?? null;
}
