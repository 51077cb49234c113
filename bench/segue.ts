/** Segue in a scene: a worker on PostgreSQL, and tutors who consent. Each scene has tutors of its own. */
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import type { ProviderId } from "#lib/providers/provider.ts";
import { addLessons } from "#lib/services/bookings/addLessons.ts";
import { addStudent } from "#lib/services/students/addStudent.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { isAtRest } from "#tests/faults/order.ts";
import { connect, newPerson } from "#tests/faults/people.ts";
import type { Worker, World } from "#tests/faults/world.ts";
import { type Links, measure, prepare, WITHIN_MS } from "./measure.ts";
import type { Outcome, Scene } from "./scenes.ts";

const HOUR_MS = 3_600_000;
const ids: Record<Scene["to"], ProviderId> = { google: "google_meet", zoom: "zoom" };
/** More lessons than Zoom allows in a day come from another account at Google. */
const MOST_AT_ZOOM = 100;

export interface Segue {
  world: World;
  worker: Worker;
}

export async function segueIn(segue: Segue, scene: Scene): Promise<Outcome> {
  const { world } = segue;
  const { standIns, postgres } = world;
  await standIns.settings({ answersTakeMs: {}, mostAtOnce: null, zoomPlan: "none" });
  const tutors = await Promise.all(
    Array.from({ length: scene.tutors }, () => tutorWith(world, scene)),
  );
  await linked(world, tutors, scene);
  await atRest(world, tutors);
  await prepare(standIns, scene);
  const kill = async () => {
    segue.worker.kill();
    segue.worker = await world.startWorker();
  };
  return measure(scene, { standIns, postgres, kill }, async () => {
    const consent = (tutor: Person) =>
      connect(world.ctx, tutor, ids[scene.to], `to-${tutor.email}`);
    await Promise.all(tutors.map(consent));
    await linked(world, tutors, scene);
    return {
      begunAt: await firstConsent(world, tutors),
      links: async () => {
        // How long the old rooms' deletes take is nobody's figure.
        await standIns.settings({ answersTakeMs: {}, mostAtOnce: null });
        await atRest(world, tutors);
        return linksOf(world, tutors);
      },
    };
  });
}

/** @returns a tutor whose lessons all will have rooms somewhere else */
async function tutorWith(world: World, { to, lessons }: Scene): Promise<Person> {
  const { ctx } = world;
  const tutor = await newPerson(ctx, "tutor");
  await connect(ctx, tutor, to === "zoom" || lessons > MOST_AT_ZOOM ? "google_meet" : "zoom");
  const student = await addStudent(ctx, tutor, { name: "A student", timeZone: "Etc/UTC" });
  const first = Math.ceil(Date.now() / HOUR_MS) + 48;
  for (let left = lessons, hour = first; left > 0; hour += 1) {
    const repeatWeekly = Math.min(left, 50);
    const startsAt = new Date(hour * HOUR_MS);
    await addLessons(ctx, tutor, student.id, {
      subject: `Lesson at hour ${hour - first}`,
      startsAt: startsAt.toISOString(),
      durationMinutes: 30,
      timeZone: "Etc/UTC",
      repeatWeekly,
    });
    await forgetUses(world);
    left -= repeatWeekly;
  }
  return tutor;
}

/**
 * Nobody else enters that many within minutes; a pace of before the scene isn't the scene's. The worker is at it, and takes
 * the rows in the order of their keys.
 */
async function forgetUses({ ctx: { db } }: World): Promise<void> {
  await sql`delete from limited_uses`.execute(db);
  await sql`delete from provider_budgets
    where key in (select key from provider_budgets order by key for update)`.execute(db);
}

async function atRest(world: World, tutors: Person[]): Promise<void> {
  const end = Date.now() + WITHIN_MS;
  for (const tutor of tutors) {
    while (!(await isAtRest(world, tutor)) && Date.now() < end) {
      await forgetUses(world);
      await sleep(200);
    }
  }
  await forgetUses(world);
}

/** @returns when the first of them was written down: the contestants, too, begin with their consents in hand */
async function firstConsent({ ctx }: World, tutors: Person[]): Promise<number> {
  const { rows } = await sql<{ at: Date }>`
    select min(connected_at) as at from tutor_video_provider_connections
     where tutor_id = any(${tutors.map(({ id }) => id)}::uuid[])`.execute(ctx.db);
  const [first] = rows;
  if (!first) throw new Error("Nobody has consented");
  return first.at.getTime();
}

/** Resolves when each lesson has its link, or when that has taken too long. */
async function linked(world: World, tutors: Person[], scene: Scene): Promise<void> {
  const end = Date.now() + WITHIN_MS;
  const all = scene.lessons * tutors.length;
  // While the database is away, nobody knows.
  const count = () =>
    linksOf(world, tutors).then(
      ({ stored }) => stored.length,
      () => 0,
    );
  while ((await count()) < all && Date.now() < end) await sleep(200);
}

async function linksOf({ ctx }: World, tutors: Person[]): Promise<Links> {
  const { rows } = await sql<{ id: string; at: Date }>`
    select m.external_id as id, m.live_at as at
      from sessions s
      join meetings m on m.id = s.meeting_id and m.state = 'live'
      join tutor_video_provider_connections c on c.tutor_id = s.tutor_id and c.grant_id = m.grant_id
     where s.tutor_id = any(${tutors.map(({ id }) => id)}::uuid[])`.execute(ctx.db);
  const at = rows.map((row) => row.at.getTime());
  return {
    stored: rows.map(({ id }) => id),
    firstAt: Math.min(...at),
    lastAt: Math.max(...at),
  };
}
