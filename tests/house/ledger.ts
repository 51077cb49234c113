/** What must be true of all lessons together, while everything goes on and when it has settled. */
import { setTimeout as delay } from "node:timers/promises";
import { sql } from "kysely";
import type { World } from "#tests/faults/world.ts";

/** Lessons of the program's own tutors: the filled ones have rooms that no stand-in knows. */
const REAL = sql`exists (select from identity."user" u where u.id = s.tutor_id and u.email not like '%@many.example')`;

const roomsOf = async ({ ctx }: World) =>
  (
    await sql<{ id: string; room: string | null; provider: string | null }>`
      select s.id, s.meeting_external_id as room, s.provider from sessions s
       where s.status in ('SCHEDULED', 'JOIN_OPEN') and ${REAL}`.execute(ctx.db)
  ).rows;

const living = async ({ standIns }: World) => new Set((await standIns.rooms()).map(({ id }) => id));

export interface Sums {
  lessons: number;
  onMeet: number;
  lost: number;
  doubled: number;
}

export async function sums(world: World): Promise<Sums> {
  const rows = await roomsOf(world);
  const rooms = (await world.standIns.rooms()).filter(({ key }) => key);
  const there = new Set(rooms.map(({ id }) => id));
  const used = new Set(rows.map(({ room }) => room));
  return {
    lessons: rows.length,
    onMeet: rows.filter(({ provider }) => provider === "google_meet").length,
    lost: rows.filter(({ room }) => !room || !there.has(room)).length,
    doubled: rooms.filter(({ id }) => !used.has(id)).length,
  };
}

/** How many of them a person would be led to a room that isn't there: looked at twice, since a lesson may just be moving. */
async function deadLinks(world: World): Promise<number> {
  const before = await roomsOf(world);
  const rooms = await living(world);
  const suspects = before.filter(({ room }) => room !== null && !rooms.has(room));
  if (suspects.length === 0) return 0;
  const now = new Map((await roomsOf(world)).map(({ id, room }) => [id, room]));
  return suspects.filter(({ id, room }) => now.get(id) === room).length;
}

/** @returns ends it, with the most dead links that were there at one time */
export function watchLinks(world: World): () => Promise<number> {
  let most = 0;
  let isWatching = true;
  const watching = (async () => {
    while (isWatching) {
      most = Math.max(most, await deadLinks(world));
      await delay(1_000);
    }
  })();
  return async () => {
    isWatching = false;
    await watching;
    return most;
  };
}

export async function isAllAtRest({ ctx }: World): Promise<boolean> {
  const { rows } = await sql<{ open: number }>`
    select (select count(*) from meetings where state in ('intended', 'superseded', 'deleting'))
         + (select count(*) from migrations where status in ('running', 'waiting'))
         + (select count(*) from sessions s where s.join_url is null and ${REAL}) as open`.execute(
    ctx.db,
  );
  return Number(rows[0]?.open) === 0;
}
