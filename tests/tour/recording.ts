/**
 * `npm run recording`: records how the lessons of a real switch move, for the picture on the front page. A complete
 * Segue switches forty lessons from Zoom to Google Meet, at stand-ins that answer as slowly as the providers do.
 * Writes `app/_parts/picture/recorded.json`.
 */
import { writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { chromium } from "@playwright/test";
import { build } from "#cli/build.ts";
import { type TileKind, tileOf } from "#components/crossfade/tiles.ts";
import type { MigrationDetail, MigrationView } from "#lib/services/switching/views.ts";
import { bookLessons, consent, type TestPerson, tutorOnZoom } from "#tests/e2e/people.ts";
import { setSettings } from "#tests/e2e/sandbox.ts";
import { startApp } from "#tests/harness/app.ts";
import { browserOptions } from "#tests/harness/browser.ts";

const FILE = "app/_parts/picture/recorded.json";
const LESSONS = 40;
const DAY = 24 * 60;
/** Five days a week have a lesson, and the tutor has been with Zoom for all of them. */
const LESSONS_A_WEEK = 5;
/** Often enough for the eye. */
const LOOK_MS = 40;

interface Step {
  atMs: number;
  lesson: number;
  kind: TileKind;
}

/** In minutes after the first lesson. */
const startOf = (index: number): number =>
  Math.floor(index / LESSONS_A_WEEK) * 7 * DAY + (index % LESSONS_A_WEEK) * DAY;

async function newest({ api }: TestPerson): Promise<MigrationView | undefined> {
  const [migration] = (await (await api.get("/api/migrations")).json()) as MigrationView[];
  return migration;
}

async function record(tutor: TestPerson, id: string): Promise<Step[]> {
  const steps: Step[] = [];
  const known: TileKind[] = Array(LESSONS).fill("before");
  const begin = performance.now();
  for (;;) {
    const atMs = Math.round(performance.now() - begin);
    const detail = (await (await tutor.api.get(`/api/migrations/${id}`)).json()) as MigrationDetail;
    for (const [lesson, session] of detail.sessions.entries()) {
      const { kind } = tileOf(session, detail.to);
      if (known[lesson] === kind) continue;
      known[lesson] = kind;
      steps.push({ atMs, lesson, kind });
    }
    if (detail.status !== "running") return steps;
    await wait(LOOK_MS);
  }
}

await build();
const app = await startApp({ env: { SWITCH_WAIT_SECONDS: "0" } });
const browser = await chromium.launch(browserOptions);
try {
  const { tutor, student } = await tutorOnZoom(browser, app, "Recorded");
  const first = Date.now() + DAY * 60_000;
  const lessons = Array.from({ length: LESSONS }, (_, index) => ({
    subject: `Lesson ${index + 1}`,
    startsAt: new Date(Math.ceil(first / 60_000) * 60_000 + startOf(index) * 60_000).toISOString(),
  }));
  await bookLessons(tutor, student, lessons);
  await setSettings(app, {
    answersTakeMs: { create: 800 },
    answersSpread: { sigma: 0.3, seed: 1 },
  });
  await consent(tutor, "Switch to Google Meet", "host@google.example");
  const migration = await newest(tutor);
  if (!migration) throw new Error("The switch began nothing");
  const steps = await record(tutor, migration.id);
  const recorded = { startsAfterMinutes: lessons.map((_, index) => startOf(index)), steps };
  writeFileSync(FILE, `${JSON.stringify(recorded)}\n`);
  console.log(`${LESSONS} lessons, ${steps.length} steps in ${steps.at(-1)?.atMs} ms: ${FILE}`);
} finally {
  await browser.close();
  await app.stop();
}
