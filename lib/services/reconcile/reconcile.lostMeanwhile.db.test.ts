import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { recordLost } from "#lib/services/drift/recordLost.ts";
import { refreshSessionLinks } from "#lib/services/switching/refreshSessionLinks.ts";
import { betweenCalls, isCreate, json } from "#tests/harness/middleman.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student } = scene();
const { between } = betweenCalls();

test("a lesson whose room is lost while the answer about its next one is on its way waits at most until its start", async () => {
  segue.clock.set("2026-11-03T01:00:00Z");
  await segue.connect(tutor, "zoom");
  const startsAt = addMinutes(segue.clock(), 360);
  await segue.lessons(tutor, student, 1, { startsAt });
  await segue.standIns.faults({ provider: "zoom", operation: "create", effect: "daily_limit" });
  segue.onCall = async ({ method, phase }) => {
    if (method !== "createMeeting" || phase !== "after") return;
    segue.onCall = null;
    const room = await live();
    if (room) await recordLost(segue.ctx, room);
  };
  await refreshSessionLinks(segue.ctx, tutor);
  await segue.work();
  const [next] = (await segue.ledger(tutor)).filter(({ state }) => state === "intended");
  expect(next?.error_code).toBe("daily_limit");
  expect(next?.next_attempt_at?.getTime()).toBeLessThan(startsAt.getTime());
});

test("one whose next room is refused ever more rarely is tried at once when its room is lost", async () => {
  await segue.connect(tutor, "zoom");
  const startsAt = addMinutes(segue.clock(), 6 * 60);
  await segue.lessons(tutor, student, 1, { startsAt });
  const room = await live();
  between((sent, go) => (isCreate(sent) ? json(403, { code: 1020, message: "No" }) : go()));
  await refreshSessionLinks(segue.ctx, tutor);
  const waits = async () => {
    const rows = await segue.ledger(tutor);
    return rows.find(({ state }) => state === "intended")?.next_attempt_at ?? segue.clock();
  };
  for (let minutes = 0; minutes < 5 * 60 && (await waits()) <= startsAt; minutes += 10) {
    await segue.later({ minutes: 10 });
  }
  expect((await waits()).getTime()).toBeGreaterThan(startsAt.getTime());
  if (room) await recordLost(segue.ctx, room);
  expect((await waits()).getTime()).toBeLessThan(startsAt.getTime());
});

const live = async () => (await segue.ledger(tutor)).find(({ state }) => state === "live");
