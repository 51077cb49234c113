/**
 * `npm run bench:joins`: how many joins a Segue answers in a second, beside the same route with nothing but its look-up of the
 * sign-in (what a browser fetches in advance is answered so); and how long a join takes at a hundred a second, alone and
 * while a thousand lessons move.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "#cli/build.ts";
import { setSettings } from "#tests/e2e/sandbox.ts";
import { type App, startApp } from "#tests/harness/app.ts";
import { startPostgres } from "#tests/harness/databases/postgresServer.ts";
import { ask, held } from "#tests/harness/visitors/ask.ts";
import {
  asBrowser,
  asProgram,
  connect,
  connectAs,
  signUp,
  type Visitor,
} from "#tests/harness/visitors/person.ts";
import { load, type Seen } from "./load.ts";

const ROUNDS = 3;
const SECONDS = 8;
const RATE = 100;
const MOVING = 1_000;
const MINUTE_MS = 60_000;
const IN_ADVANCE = { "sec-purpose": "prefetch" };

async function newTutor(app: App, name: string): Promise<Visitor> {
  const email = `${name}@tutors.example`;
  const who = { name, email, password: "a-password-for-the-bench", role: "tutor" } as const;
  const tutor = await signUp(app, who);
  await app.command("confirm", email);
  return tutor;
}

async function addLessons(app: App, tutor: Visitor, startsAt: Date, weeks: number) {
  const of = { method: "POST", headers: asProgram(tutor) };
  const asked = { ...of, path: "/api/students", body: { name: "A student", timeZone: "Etc/UTC" } };
  const student = held(await ask(app.url, asked), 201);
  const body = {
    subject: "A lesson",
    startsAt: startsAt.toISOString(),
    durationMinutes: 30,
    timeZone: "Etc/UTC",
    repeatWeekly: weeks,
  };
  const path = `/api/students/${student.id}/lessons`;
  return held(await ask(app.url, { ...of, path, body }), 201).sessionIds as string[];
}

async function linked(app: App, tutor: Visitor, count: number): Promise<void> {
  const path = "/api/sessions";
  for (;;) {
    const { text } = await ask(app.url, { path, headers: asProgram(tutor) });
    const sessions = JSON.parse(text) as { linkState: string }[];
    if (sessions.filter(({ linkState }) => linkState === "ready").length >= count) return;
    await sleep(500);
  }
}

const line = (what: string, { perSecond, p50, p99, max, statuses }: Seen) =>
  `${what}: ${perSecond.toFixed(0)} a second, median ${p50} ms, p99 ${p99} ms, longest ${max} ms; ${statuses}`;

if ((await build()) !== 0) throw new Error("The build failed");
const postgres = await startPostgres();
const app = await startApp({
  databaseUrl: await postgres.create("segue_joins"),
  env: { SWITCH_WAIT_SECONDS: "0" },
});
try {
  await setSettings(app, { zoomPlan: "none" });
  const host = await newTutor(app, "host");
  await connect(app, host, "google");
  const soon = new Date(Math.ceil(Date.now() / MINUTE_MS + 10) * MINUTE_MS);
  const [lesson] = await addLessons(app, host, soon, 1);
  await linked(app, host, 1);
  const url = `${app.url}/sessions/${lesson}/join`;
  const headers = asBrowser(host);
  for (let round = 1; round <= ROUNDS; round++) {
    const bare = await load({ url, headers: { ...headers, ...IN_ADVANCE }, seconds: SECONDS });
    console.log(line("bare", bare));
    const joins = await load({ url, headers, seconds: SECONDS });
    console.log(line("joins", joins));
    console.log(`${(joins.perSecond / bare.perSecond).toFixed(2)} × the bare route`);
  }
  const alone = await load({ url, headers, seconds: SECONDS, rate: RATE });
  console.log(line(`joins at ${RATE} a second, alone`, alone));

  const mover = await newTutor(app, "mover");
  await connect(app, mover, "google");
  for (let left = MOVING, hour = 48; left > 0; hour += 1, left -= 50) {
    await addLessons(app, mover, new Date(soon.getTime() + hour * 60 * MINUTE_MS), 50);
  }
  await setSettings(app, { answersTakeMs: { create: 800, delete: 300 } });
  await connectAs(app, "google", asProgram(mover), "another@tutors.example");
  const moving = await load({ url, headers, seconds: 4 * SECONDS, rate: RATE });
  console.log(line(`joins at ${RATE} a second, while ${MOVING} lessons move`, moving));
  // What is under way ends before the stand-ins do.
  await setSettings(app, { answersTakeMs: {} });
  await sleep(2_000);
} finally {
  await app.stop();
  await postgres.stop();
}
