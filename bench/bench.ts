/**
 * `npm run bench`: how long a switch takes from the consent to the last room, against stand-ins whose answers take as long
 * as the providers' and who take only so many of an account's calls at once, which Segue has to find out. The floor is
 * what a client needs that knows the number and keeps to our share of the published limits. Each line is a tutor of
 * their own on one started Segue.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "#cli/build.ts";
import { setSettings } from "#tests/e2e/sandbox.ts";
import { type App, startApp } from "#tests/harness/app.ts";
import { startPostgres } from "#tests/harness/databases/postgresServer.ts";
import { ask, held } from "#tests/harness/visitors/ask.ts";
import { asProgram, connect, signUp, type Visitor } from "#tests/harness/visitors/person.ts";

const directions = [
  { from: "zoom", to: "google", lessons: 100, answersTakeMs: 800, perSecond: null },
  // Four fifths of the twenty a second that the Pro plan allows.
  { from: "google", to: "zoom", lessons: 80, answersTakeMs: 600, perSecond: 16 },
] as const;
type Direction = (typeof directions)[number];
const counts = [2, 4, 8, 16];
const manners = ["refused", "slower"] as const;
const DAY_MS = 86_400_000;

const quick = { answersTakeMs: 0, mostAtOnce: null, zoomDailyLimit: null };

async function call(app: App, tutor: Visitor, method: string, path: string, body?: object) {
  return ask(app.url, { method, path, headers: asProgram(tutor), ...(body && { body }) });
}

/** @returns a tutor whose lessons all have their rooms at the first provider */
async function tutorWith(app: App, name: string, { from, lessons }: Direction): Promise<Visitor> {
  const email = `${name}@tutors.example`;
  const who = { name, email, password: "a-password-for-the-bench", role: "tutor" } as const;
  const tutor = await signUp(app, who);
  await app.command("confirm", email);
  await connect(app, tutor, from);
  const student = held(
    await call(app, tutor, "POST", "/api/students", { name: "A student", timeZone: "Etc/UTC" }),
    201,
  );
  for (let left = lessons, day = 2; left > 0; day += 1) {
    const repeatWeekly = Math.min(left, 50);
    const startsAt = new Date(Math.ceil((Date.now() + day * DAY_MS) / 3_600_000) * 3_600_000);
    const body = {
      subject: `Lesson on day ${day}`,
      startsAt: startsAt.toISOString(),
      durationMinutes: 30,
      timeZone: "Etc/UTC",
      repeatWeekly,
    };
    held(await call(app, tutor, "POST", `/api/students/${student.id}/lessons`, body), 201);
    left -= repeatWeekly;
  }
  await until(async () => (await roomsAt(app, tutor, from)).length === lessons);
  return tutor;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(200);
}

interface Seen {
  provider: string | null;
  linkState: string;
}

async function roomsAt(app: App, tutor: Visitor, provider: "zoom" | "google"): Promise<Seen[]> {
  const answer = await call(app, tutor, "GET", "/api/sessions");
  const name = provider === "zoom" ? "zoom" : "google_meet";
  const sessions = JSON.parse(answer.text) as Seen[];
  return sessions.filter((one) => one.linkState === "ready" && one.provider === name);
}

interface Logged {
  operation: string;
  status: number;
  at: string;
}

async function measure(
  app: App,
  direction: Direction,
  k: number,
  beyondThat: (typeof manners)[number],
  name: string,
) {
  const { to, lessons, answersTakeMs } = direction;
  await setSettings(app, quick);
  const tutor = await tutorWith(app, name, direction);
  await setSettings(app, { answersTakeMs, mostAtOnce: k, beyondThat });
  await fetch(`${app.sandboxUrl}/control/calls`, { method: "DELETE" });
  const begun = Date.now();
  await connect(app, tutor, to);
  await until(async () => (await roomsAt(app, tutor, to)).length === lessons);
  const calls = (await (await fetch(`${app.sandboxUrl}/control/calls`)).json()) as Logged[];
  const creates = calls.filter(({ operation }) => operation === "create");
  const made = creates.filter(({ status }) => status < 300).map(({ at }) => Date.parse(at));
  return {
    seconds: (Math.max(...made) - begun) / 1000,
    soonest: (Math.min(...made) - begun) / answersTakeMs,
    refusals: creates.length - made.length,
    calls: creates.length / lessons,
  };
}

function floorOf({ lessons, answersTakeMs, perSecond }: Direction, k: number): number {
  const byNumber = (Math.ceil(lessons / k) * answersTakeMs) / 1000;
  const byPace = perSecond === null ? 0 : (lessons - perSecond) / perSecond + answersTakeMs / 1000;
  return Math.max(byNumber, byPace);
}

if ((await build()) !== 0) throw new Error("The build failed");
const postgres = await startPostgres();
const app = await startApp({
  databaseUrl: await postgres.create("segue_bench"),
  env: { SWITCH_WAIT_SECONDS: "0" },
});
try {
  for (const direction of directions) {
    for (const beyondThat of manners) {
      for (const k of counts) {
        const name = `${direction.to}-${beyondThat}-${k}`;
        const seen = await measure(app, direction, k, beyondThat, name);
        const floor = floorOf(direction, k);
        const loop = (direction.lessons * direction.answersTakeMs) / 1000;
        console.log(
          `${direction.lessons} lessons to ${direction.to}, more than ${k} at once are ${beyondThat}: ` +
            `${seen.seconds.toFixed(1)} s, ${(seen.seconds / floor).toFixed(2)} × the floor, soonest ` +
            `${seen.soonest.toFixed(2)} round trips, ${seen.refusals} refused, ${seen.calls.toFixed(2)} calls a ` +
            `lesson; one after the other ${loop.toFixed(0)} s`,
        );
      }
    }
  }
} finally {
  await app.stop();
  await postgres.stop();
}
