import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { scene } from "#tests/harness/scene.ts";
import { reconcile } from "./reconcile.ts";
import { dueTutors } from "./sweep.ts";

const { segue, tutor, student } = scene();

test("a tutor whose connection must be renewed isn't nudged every second", async () => {
  await segue.connect(tutor, "zoom");
  await segue.standIns.faults({ provider: "zoom", operation: "create", effect: "rate_limited" });
  await segue.book(tutor, student);
  await segue.work();
  await dieAtZoom();
  await segue.standIns.faults();
  await segue.later({ minutes: 2 });
  expect(await states()).toEqual(["intended"]);
  expect(await nudgesWithin(60)).toBe(0);
});

test("a tutor with replaced rooms of a dead connection isn't nudged every second", async () => {
  await segue.connect(tutor, "zoom");
  const [id = ""] = await segue.lessons(tutor, student, 2);
  await dieAtZoom();
  await cancelSession(segue.ctx, tutor, id);
  await segue.later({ minutes: 1 });
  expect(await states()).toContain("live");
  expect(await nudgesWithin(60)).toBe(0);
  expect(await states()).not.toEqual(["live"]);
});

test("a tutor whose replaced room is held for a lesson under way isn't nudged every second", async () => {
  await segue.connect(tutor, "google_meet");
  const startsAt = addMinutes(segue.clock(), 70);
  await segue.lessons(tutor, student, 1, { startsAt, durationMinutes: 120 });
  await segue.connect(tutor, "zoom");
  segue.clock.set(addMinutes(startsAt, 1));
  expect(await nudgesWithin(100)).toBe(0);
  expect(await states()).toEqual(["live", "superseded"]);
  await segue.later({ minutes: 40 });
  expect(await states()).toEqual(["deleted", "live"]);
});

test("a row that has just fallen due is seen by the next sweep, ten seconds late at most", async () => {
  await segue.connect(tutor, "google_meet");
  const [id = ""] = await segue.lessons(tutor, student, 1);
  expect(await isDue()).toBe(false);
  await segue.standIns.faults(
    { provider: "google", operation: "update", effect: "rate_limited" },
    { provider: "google", operation: "create", effect: "rate_limited" },
  );

  // A room needs an update with a new time, a room must be made, and a replaced room must be deleted.
  const startsAt = addMinutes(segue.clock(), 3_000).toISOString();
  await rescheduleSession(segue.ctx, tutor, id, { startsAt });
  await segue.work();
  await expectSeenWhenDue("next_attempt_at");
  await segue.standIns.faults();
  await segue.later({ minutes: 10 });
  await segue.connect(tutor, "zoom");
  await expectSeenWhenDue("delete_after");
});

async function expectSeenWhenDue(column: "next_attempt_at" | "delete_after"): Promise<void> {
  const due = (await segue.ledger(tutor)).find((row) => row[column] !== null)?.[column];
  if (!due) throw new Error(`No row has a ${column}`);
  const seen: boolean[] = [];
  for (const seconds of [-1, 0, 9]) {
    segue.clock.set(new Date(due.getTime() + seconds * 1_000));
    seen.push(await isDue());
  }
  expect(seen).toEqual([false, true, true]);
}

const isDue = async () => (await dueTutors(segue.ctx)).includes(tutor.id);
const states = async () => (await segue.ledger(tutor)).map(({ state }) => state).sort();

const dieAtZoom = async () => {
  await segue.standIns.control("revoke", { provider: "zoom", email: tutor.email });
  await segue.standIns.control("expire-tokens");
};

/** How often the sweep of each second would nudge, once everything possible was done. */
async function nudgesWithin(minutes: number): Promise<number> {
  await segue.later({ minutes: 5 });
  let nudges = 0;
  for (let step = 0; step < 8; step++) {
    segue.clock.advance({ seconds: (minutes * 60) / 8 });
    if (await isDue()) nudges += 1;
    await reconcile(segue.ctx, tutor.id);
  }
  return nudges;
}
