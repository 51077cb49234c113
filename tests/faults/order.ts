/** What must hold when everything has come to rest: nothing lost, nothing doubled, nothing left behind. */
import { sql } from "kysely";
import type { Person } from "#lib/services/context.ts";
import type { World } from "./world.ts";

export interface Tally {
  lessons: number;
  /** Future lessons without a living room at the provider. */
  lost: number;
  /** Living rooms with our marker that no lesson points at. */
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

/** Nothing of this tutor is under way or waits for anything. */
export async function isAtRest({ ctx }: World, tutor: Person): Promise<boolean> {
  const { rows } = await sql<{ open: number }>`
    select (select count(*) from meetings where tutor_id = ${tutor.id}
              and state in ('intended', 'superseded', 'deleting'))
         + (select count(*) from migrations where tutor_id = ${tutor.id}
              and status in ('running', 'waiting')) as open`.execute(ctx.db);
  return Number(rows[0]?.open) === 0;
}

/** Rises with everything that is done for this tutor. */
export async function progressOf({ ctx }: World, tutor: Person): Promise<number> {
  const { rows } = await sql<{ steps: number }>`
    select coalesce(sum(attempts), 0) + count(*) filter (where state in ('live', 'deleted')) as steps
    from meetings where tutor_id = ${tutor.id}`.execute(ctx.db);
  return Number(rows[0]?.steps);
}
