/** The bench in small: ratios of two switches on the same machine, so that none of them goes by its speed. */
import { expect, test } from "vitest";
import { scene } from "#tests/harness/scene.ts";

const { segue, student } = scene();

const ANSWER_MS = 100;

/** @returns milliseconds of a lesson, and calls of one, where the account takes so many calls at once */
async function switchOf(lessons: number, mostAtOnce: number) {
  const tutor = await segue.person("tutor");
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, lessons);
  await segue.standIns.settings({
    answersTakeMs: { create: ANSWER_MS },
    mostAtOnce,
    beyondThat: "refused",
  });
  await segue.standIns.forgetCalls();
  const begun = performance.now();
  await segue.connect(tutor, "google_meet");
  await segue.work();
  const ms = performance.now() - begun;
  await segue.standIns.settings({ answersTakeMs: {}, mostAtOnce: null });
  const creates = await segue.standIns.calls("create");
  return {
    msOfOne: ms / lessons,
    callsOfOne: (await segue.standIns.calls()).length / lessons,
    refused: creates.filter(({ status }) => status !== 200).length,
  };
}

test("what an account takes at once is used, and found out by a few refusals", async () => {
  const one = await switchOf(10, 1);
  const eight = await switchOf(40, 8);
  expect(eight.msOfOne / one.msOfOne).toBeLessThan(0.6);
  expect(eight.refused).toBeLessThanOrEqual(8 + 6);
  expect(eight.callsOfOne).toBeLessThan(1.5);
});
