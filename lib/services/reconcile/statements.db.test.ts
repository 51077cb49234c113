/** What a lesson's move costs in the database. A server is asked so many times over a network. */
import pg from "pg";
import { expect, inject, test, vi } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student } = scene();

const MOST_PER_LESSON = 26;
const LESSONS = 10;
const DAY = 24 * 60;

// PGlite has no connection that statements travel on.
test.runIf(inject("engine") === "postgres")(
  `a switch asks the database ${MOST_PER_LESSON} times for each lesson at most`,
  async () => {
    await segue.connect(tutor, "zoom");
    await book(2);
    const few = await messagesOfSwitch("google_meet");
    await book(4);
    const more = await messagesOfSwitch("zoom");
    expect((more - few) / LESSONS).toBeLessThanOrEqual(MOST_PER_LESSON);
  },
);

const book = (days: number) =>
  segue.lessons(tutor, student, LESSONS, { startsAt: addMinutes(segue.clock(), days * DAY) });

async function messagesOfSwitch(provider: "zoom" | "google_meet"): Promise<number> {
  const query = vi.spyOn(pg.Client.prototype, "query");
  await segue.connect(tutor, provider);
  await segue.work();
  const { length } = query.mock.calls;
  query.mockRestore();
  return length;
}
