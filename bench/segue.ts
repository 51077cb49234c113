/** Segue in a scene: each is a tutor of their own on one started app. */
import { setTimeout as sleep } from "node:timers/promises";
import { setSettings } from "#tests/e2e/sandbox.ts";
import type { App } from "#tests/harness/app.ts";
import { ask, held } from "#tests/harness/visitors/ask.ts";
import { asProgram, connect, signUp, type Visitor } from "#tests/harness/visitors/person.ts";
import type { Direction, Outcome, Scene } from "./scenes.ts";

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

export async function segueIn(app: App, { direction, k, beyondThat }: Scene): Promise<Outcome> {
  const { to, lessons, answersTakeMs } = direction;
  await setSettings(app, quick);
  const tutor = await tutorWith(app, `${to}-${beyondThat}-${k}`, direction);
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
    without: 0,
    orphans: made.length - lessons,
  };
}
