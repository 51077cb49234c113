/**
 * `npm run outage`: Zoom answers nobody while 500 tutors have lessons there within a day, one of them a thousand more. Segue
 * notices by itself, the outage is declared, each tutor follows their mail's button to Google Meet, and in the end Zoom is
 * back. It prints minutes, who waited how long, and mails; the exit code is 1 if a lesson was left or a mail was doubled.
 * `--tutors`, `--lessons` and `--many` set other sizes.
 */
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { sql } from "kysely";
import PQueue from "p-queue";
import { declareOutage, endOutage } from "#lib/services/support/declareOutage.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { operations } from "#sandbox/faults.ts";
import { bookLessons, connect, newPerson } from "#tests/faults/people.ts";
import { startWorld, type World } from "#tests/faults/world.ts";
import { aFewAtOnce } from "./people.ts";

const { values } = parseArgs({
  options: {
    tutors: { type: "string", default: "500" },
    lessons: { type: "string", default: "2" },
    many: { type: "string", default: "1000" },
  },
});
const [tutors, lessons, many] = [
  Number(values.tutors),
  Number(values.lessons),
  Number(values.many),
] as const;
const YES = { yes: "yes" };
const AT_MOST_MS = 3_600_000;

/** A tutor who was told, and when, as `performance.now()` counts. */
interface Told {
  tutor: Person;
  at: number;
  safeAt?: number;
}

async function main(): Promise<number> {
  const world = await startWorld({ LOG_LEVEL: "warn" });
  const { ctx, standIns } = world;
  try {
    await Promise.all([1, 2].map(() => world.startWorker()));
    const [busy, ...others] = await moveIn(world);
    if (!busy) throw new Error("There is always one with many lessons");
    say(`${others.length} tutors with ${lessons} lessons on Zoom within a day, one with ${many}`);
    await standIns.faults(
      ...operations.map((operation) => ({
        provider: "zoom" as const,
        operation,
        effect: "server_error" as const,
      })),
    );
    const noticed = await secondsUntil(() => isNoticed(world));
    say(`Noticed after ${noticed} s in which nobody called Zoom`);

    const begun = performance.now();
    const { concerned } = await declareOutage(ctx, null, "zoom", YES);
    say(`${concerned.tutors} tutors had ${concerned.lessons} lessons there within 24 hours`);
    const told = await followMails(world, [busy, ...others]);
    const minutes = (performance.now() - begun) / 60_000;

    await standIns.faults();
    await endOutage(ctx, null, "zoom", YES);
    await secondsUntil(async () => (await mailsSent(world)).over >= told.length);
    return report(world, { told, busy, minutes });
  } finally {
    await world.close();
  }
}

const say = (line: string) => console.log(line);

async function moveIn(world: World): Promise<Person[]> {
  const { ctx } = world;
  const counts = [many, ...Array.from({ length: tutors - 1 }, () => lessons)];
  const people = await aFewAtOnce(counts, async (count) => {
    const tutor = await newPerson(ctx, "tutor");
    await connect(ctx, tutor, "zoom");
    // Whoever has many has them at every hour, and rooms for as many as Zoom makes in a day.
    await bookLessons(ctx, tutor, count, { inHours: count === many ? 2 : 3 });
    return tutor;
  });
  await secondsUntil(async () => (await withoutRoom(world, lessons)) === 0);
  return people;
}

/** Of tutors with as many lessons as most have. */
async function withoutRoom({ ctx }: World, each: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from sessions s where s.join_url is null
      and (select count(*) from sessions o where o.tutor_id = s.tutor_id) = ${each}`.execute(
    ctx.db,
  );
  return rows[0]?.count ?? 0;
}

async function isNoticed({ ctx }: World): Promise<boolean> {
  const { rows } = await sql`select from operator_troubles
    where kind = 'unreachable' and resolved_at is null`.execute(ctx.db);
  return rows.length > 0;
}

/** Everybody follows the button as soon as the mail is there. Ends when each has all lessons of a day on Google Meet. */
async function followMails(world: World, people: Person[]): Promise<Told[]> {
  const told = new Map<string, Told>();
  const consents = new PQueue({ concurrency: 6 });
  const end = performance.now() + AT_MOST_MS;
  while (performance.now() < end) {
    for (const id of await toldTutors(world)) {
      const tutor = people.find((one) => one.id === id);
      if (!tutor || told.has(id)) continue;
      told.set(id, { tutor, at: performance.now() });
      void consents.add(() => connect(world.ctx, tutor, "google_meet"));
    }
    const safe = await safeTutors(world);
    for (const one of told.values()) {
      if (one.safeAt === undefined && safe.has(one.tutor.id)) one.safeAt = performance.now();
    }
    if ([...told.values()].filter(({ safeAt }) => safeAt).length === people.length) break;
    await delay(250);
  }
  await consents.onIdle();
  return [...told.values()];
}

const toldTutors = async ({ ctx }: World) =>
  (
    await sql<{ id: string }>`select t.tutor_id as id from private.outage_tutors t
      join mails m on m.id = t.mail_id where m.status = 'sent'`.execute(ctx.db)
  ).rows.map(({ id }) => id);

const safeTutors = async ({ ctx }: World) =>
  new Set(
    (
      await sql<{ id: string }>`select tutor_id as id from sessions group by tutor_id
        having bool_and(provider = 'google_meet' and join_url is not null)`.execute(ctx.db)
    ).rows.map(({ id }) => id),
  );

async function mailsSent({ ctx }: World): Promise<{ outage: number; over: number }> {
  const { rows } = await sql<{ outage: number; over: number }>`
    select count(*) filter (where about = 'outage')::integer as outage,
           count(*) filter (where about = 'outage_over')::integer as over
      from mails where status = 'sent'`.execute(ctx.db);
  return rows[0] ?? { outage: 0, over: 0 };
}

async function secondsUntil(isSo: () => Promise<boolean>): Promise<number> {
  const begun = performance.now();
  while (!(await isSo())) {
    if (performance.now() - begun > AT_MOST_MS) throw new Error("It took too long");
    await delay(500);
  }
  return Math.round((performance.now() - begun) / 1000);
}

interface Course {
  told: Told[];
  busy: Person;
  minutes: number;
}

async function report(world: World, { told, busy, minutes }: Course): Promise<number> {
  const waits = told
    .filter(({ tutor, safeAt }) => tutor !== busy && safeAt !== undefined)
    .map(({ at, safeAt = at }) => (safeAt - at) / 1000)
    .sort((one, other) => one - other);
  const of = (part: number) => waits[Math.floor(part * (waits.length - 1))]?.toFixed(1) ?? "-";
  const { at = 0, safeAt = 0 } = told.find(({ tutor }) => tutor === busy) ?? {};
  const left = tutors - told.filter(({ safeAt: safe }) => safe !== undefined).length;
  const sent = await mailsSent(world);
  say(`${tutors - left} of ${tutors} tutors off Zoom in ${minutes.toFixed(1)} min`);
  say(`From mail to all rooms: ${of(0.5)} s median, ${of(0.99)} s p99, ${of(1)} s longest`);
  say(`The one with ${many}: ${((safeAt - at) / 1000).toFixed(1)} s`);
  say(`Mails: ${sent.outage} that Zoom is out, ${sent.over} that it is over`);
  return left === 0 && sent.outage === tutors && sent.over === tutors ? 0 : 1;
}

process.exit(await main());
