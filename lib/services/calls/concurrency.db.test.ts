/** How many calls a switch has under way at once, to an account that doesn't say how many it takes. */
import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { checkLinks } from "#lib/services/drift/checkLinks.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student, links, history } = scene();

const START = 4;

/** Holds creates back. `round` resolves once so many have left, with that number, and then lets them go. */
function held() {
  let gate = Promise.withResolvers<void>();
  let left = 0;
  segue.onCall = async ({ method, phase }) => {
    if (method !== "createMeeting" || phase !== "before") return;
    left += 1;
    await gate.promise;
  };
  return {
    round: async (count: number) => {
      await expect.poll(() => left).toBe(count);
      left = 0;
      gate.resolve();
      gate = Promise.withResolvers();
    },
    end: () => {
      segue.onCall = null;
      gate.resolve();
    },
  };
}

test("while all is answered, each round has twice as many calls under way as the one before", {
  tags: "whole",
}, async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 40);
  const creates = held();
  const switching = segue.connect(tutor, "google_meet");
  await creates.round(START);
  await creates.round(2 * START);
  await creates.round(4 * START);
  creates.end();
  await switching;
  await segue.work();
  expect(await history()).toContainEqual(["switch", "completed", 40]);
});

test("an account that takes eight at once refuses no more than a few, and has every room", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 40);
  await segue.standIns.settings({
    answersTakeMs: { create: 20 },
    mostAtOnce: 8,
    beyondThat: "refused",
  });
  await segue.standIns.forgetCalls();
  await segue.connect(tutor, "google_meet");
  await segue.work();
  const creates = await segue.standIns.calls("create");
  await segue.standIns.settings({ answersTakeMs: {}, mostAtOnce: null });
  expect(creates.filter(({ status }) => status !== 200).length).toBeLessThanOrEqual(8 + 6);
  expect(await history()).toContainEqual(["switch", "completed", 40]);
  expect(new Set(await links()).size).toBe(40);
});

test("a lesson that is one too many because links are being checked isn't called for again and again", async () => {
  await segue.connect(tutor, "google_meet");
  await segue.lessons(tutor, student, 8);
  await segue.book(tutor, student, {
    subject: "New",
    startsAt: addMinutes(segue.clock(), 9 * 24 * 60),
  });
  await segue.standIns.settings({ mostAtOnce: START });
  await segue.standIns.forgetCalls();
  const gets = { provider: "google", operation: "get", effect: "hold_before" } as const;
  await segue.standIns.faults(gets);
  let held = 0;
  const areHeld = Promise.withResolvers<void>();
  segue.onCall = async ({ method, phase }) => {
    if (method === "getMeeting" && phase === "before" && ++held === START) areHeld.resolve();
  };
  const checking = checkLinks(segue.ctx, tutor.id);
  await areHeld.promise;
  await segue.work();
  const creates = await segue.standIns.calls("create");
  segue.onCall = null;
  await segue.standIns.faults();
  await checking;
  await segue.standIns.settings({ mostAtOnce: null });
  expect(creates.length).toBeLessThanOrEqual(4);
  await segue.later({ minutes: 1 });
  expect((await links()).every(Boolean)).toBe(true);
});
