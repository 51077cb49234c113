/**
 * `npm run house`: two web processes and three workers on one PostgreSQL with 1,000 tutors of 20 lessons each. While 200 of
 * them switch, workers are killed, both web processes are restarted one after the other, and people look at pages and hold
 * streams through a balancer. It prints what was lost, doubled, dead or cut; the exit code is 1 if anything was.
 * `--tutors`, `--switching` and `--lessons` set other sizes. The pages must be built.
 */
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { launch } from "#cli/launch.ts";
import { connect } from "#tests/faults/people.ts";
import { startWorld, type Worker, type World } from "#tests/faults/world.ts";
import { freePort } from "#tests/harness/ports.ts";
import { startBalancer } from "./balancer.ts";
import { isAllAtRest, sums, watchLinks } from "./ledger.ts";
import { aFewAtOnce, fillHouse, moveIn, moveInWatched, shownBy, type Watched } from "./people.ts";
import { type Seen, visit } from "./visitors.ts";

const { values } = parseArgs({
  options: {
    tutors: { type: "string", default: "1000" },
    switching: { type: "string", default: "200" },
    lessons: { type: "string", default: "20" },
    kills: { type: "string", default: "6" },
  },
});
const [tutors, switching, lessons, kills] = [
  Number(values.tutors),
  Number(values.switching),
  Number(values.lessons),
  Number(values.kills),
] as const;
const WATCHED = Math.min(8, switching);
const KILL_EVERY_MS = 4_000;
const REST_WITHIN_MS = 1_800_000;

async function main(): Promise<number> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const world = await startWorld({ APP_URL: url, DRAIN_SECONDS: "2", LOG_LEVEL: "warn" });
  const balancer = await startBalancer(port);
  const startWeb = async () => {
    const env = { ...process.env, ...world.env, PORT: `${await freePort()}`, HOST: "127.0.0.1" };
    const web = await launch({ env, onOutput: (text) => process.stderr.write(text) });
    balancer.add(web.url);
    return web;
  };
  const webs = [await startWeb(), await startWeb()];
  const workers = await Promise.all([1, 2, 3].map(() => world.startWorker()));
  try {
    await fillHouse(world, tutors - switching, lessons);
    await untilReady(url);
    const watched = await moveInWatched(world, url, WATCHED, lessons);
    const others = await moveIn(world, switching - WATCHED, lessons);
    await untilRest(world);
    say(`${tutors} tutors, ${tutors * lessons} lessons; ${switching} are on Zoom and switch now`);

    const seen: Seen = { requests: 0, streams: 0, failed: [] };
    const leave = visit(
      url,
      watched.map((one) => guest(world, one)),
      seen,
    );
    const lookedAt = watchLinks(world);
    const begun = performance.now();
    const all = [...watched.map(({ tutor }) => tutor), ...others];
    const consents = aFewAtOnce(all, (tutor) => connect(world.ctx, tutor, "google_meet"));
    const killing = killOneByOne(world, workers);
    for (const [index, web] of webs.entries()) {
      await delay(KILL_EVERY_MS);
      const next = await startWeb();
      await untilReady(next.url);
      webs[index] = next;
      await web.stop();
      balancer.remove(web.url);
    }
    await Promise.all([consents, killing]);
    await untilRest(world);
    const seconds = (performance.now() - begun) / 1000;
    const dead = await lookedAt();
    await leave();
    return told(await sums(world), { seconds, dead, seen, cut: balancer.cut() });
  } finally {
    await Promise.all(webs.map((web) => web.stop()));
    await balancer.close();
    await world.close();
  }
}

const say = (line: string) => console.log(line);

const guest = (world: World, watched: Watched) => ({
  headers: shownBy(watched),
  paths: ["/sessions", "/api/sessions", "/tutor/video-setup", "/api/migrations"],
  stream: async () => {
    const running = await world.ctx.db
      .selectFrom("migrations")
      .select("id")
      .where("tutor_id", "=", watched.tutor.id)
      .where("status", "=", "running")
      .executeTakeFirst();
    return running ? `/api/migrations/${running.id}/events` : null;
  },
});

async function killOneByOne(world: World, workers: Worker[]): Promise<void> {
  for (let left = kills; left > 0; left--) {
    await delay(KILL_EVERY_MS);
    workers.sort((one, other) => other.busyAt - one.busyAt);
    workers.shift()?.kill();
    workers.push(await world.startWorker());
  }
}

async function untilReady(url: string): Promise<void> {
  while (!(await fetch(`${url}/api/ready`).catch(() => null))?.ok) await delay(100);
}

async function untilRest(world: World): Promise<void> {
  const end = performance.now() + REST_WITHIN_MS;
  while (!(await isAllAtRest(world))) {
    if (performance.now() > end) throw new Error("The house didn't come to rest in time");
    await delay(1_000);
  }
}

interface Course {
  seconds: number;
  dead: number;
  seen: Seen;
  cut: string[];
}

function told(
  { lessons: all, onMeet, lost, doubled }: Awaited<ReturnType<typeof sums>>,
  { seconds, dead, seen, cut }: Course,
): number {
  for (const line of [...cut, ...seen.failed].slice(0, 20)) say(`  ${line}`);
  say(
    `${onMeet} of ${all} lessons moved in ${seconds.toFixed(0)} s, through ${kills} kills and a rolling restart: ${lost} lost, ${doubled} doubled, ${dead} dead links`,
  );
  say(
    `${seen.requests} requests and ${seen.streams} streams: ${cut.length} cut, ${seen.failed.length} failed`,
  );
  return lost + doubled + dead + cut.length + seen.failed.length + (all - onMeet) === 0 ? 0 : 1;
}

process.exit(await main());
