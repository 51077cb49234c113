/** What must hold when everything has settled: nothing lost, nothing doubled, nothing left behind. */
import { sql } from "kysely";
import type { Person } from "#lib/services/verb/context.ts";
import type { World } from "./world.ts";

export interface Tally {
  lessons: number;
  /** Future lessons without an existing room at the provider. */
  lost: number;
  /** Existing rooms with our marker that no lesson points at. */
  doubled: number;
}

export async function tally({ ctx, standIns }: World, tutor: Person): Promise<Tally> {
  const { rows } = await sql<{ meeting_external_id: string | null; key: string | null }>`
    select s.meeting_external_id, m.key from sessions s left join meetings m on m.id = s.meeting_id
    where s.tutor_id = ${tutor.id} and s.status in ('SCHEDULED', 'JOIN_OPEN')`.execute(ctx.db);
  const living = await standIns.rooms();
  const ids = new Set(living.map(({ id }) => id));
  const used = new Set(rows.map((row) => row.meeting_external_id));
  return {
    lessons: rows.length,
    lost: rows.filter((row) => !row.meeting_external_id || !ids.has(row.meeting_external_id))
      .length,
    doubled: living.filter((room) => room.key && !used.has(room.id)).length,
  };
}

/** Whether nothing of this tutor is under way or waits for anything. */
export async function isAtRest({ ctx }: World, tutor: Person): Promise<boolean> {
  const { rows } = await sql<{ open: number }>`
    select (select count(*) from meetings where tutor_id = ${tutor.id}
              and state in ('intended', 'superseded', 'deleting'))
         + (select count(*) from migrations where tutor_id = ${tutor.id}
              and status in ('running', 'waiting')) as open`.execute(ctx.db);
  return Number(rows[0]?.open) === 0;
}

/**
 * A number that rises with every step of a room's life, from intended to gone, and with every attempt at one.
 * A step weighs more than all the attempts before it, because it resets their count.
 */
export async function progressOf({ ctx }: World, tutor: Person): Promise<number> {
  const { rows } = await sql<{ steps: number }>`
    select coalesce(sum(attempts + 1000 * case state
      when 'intended' then 1 when 'live' then 2 when 'superseded' then 3 when 'deleting' then 4
      else 5 end), 0) as steps
    from meetings where tutor_id = ${tutor.id}`.execute(ctx.db);
  return Number(rows[0]?.steps);
}
