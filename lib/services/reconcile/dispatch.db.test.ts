/** Which lesson's call comes next, and that none waits for the slowest of those under way. */
import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student } = scene();

/** How many calls an account begins with. */
const START = 4;
const DAY = 24 * 60;

/** What happens once so many calls of this kind have left. Later ones leave afterwards. A second passes with each of them. */
function after(count: number, method: string, then: () => Promise<unknown>): void {
  let left = 0;
  let happened: Promise<unknown> = Promise.resolve();
  segue.onCall = async (call) => {
    if (call.method !== method || call.phase !== "before") return;
    left += 1;
    segue.clock.advance({ seconds: 1 });
    if (left === count) happened = then();
    await happened;
  };
}

const bookSooner = () =>
  segue.book(tutor, student, { subject: "Sooner", startsAt: addMinutes(segue.clock(), 3 * 60) });

const placeOf = async (title: string) =>
  (await segue.standIns.calls("create")).findIndex((call) => call.title?.startsWith(title));

test("a lesson that is booked behind many others is called for when the next call ends", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 20, { startsAt: addMinutes(segue.clock(), 2 * DAY) });
  await segue.standIns.forgetCalls();
  after(2, "createMeeting", bookSooner);
  await segue.connect(tutor, "google_meet");
  await segue.work();
  // Before it come those that had left, and those that had a permit by then.
  const place = await placeOf("Sooner");
  expect(place).toBeGreaterThan(0);
  expect(place).toBeLessThanOrEqual(2 * START);
});

test("a lesson that is booked while old rooms are deleted doesn't wait for the last of them", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 16, { startsAt: addMinutes(segue.clock(), 2 * DAY) });
  await segue.connect(tutor, "google_meet");
  await segue.work();
  await segue.standIns.forgetCalls();
  after(2, "deleteMeeting", bookSooner);
  await segue.later({ minutes: 61 });
  const calls = (await segue.standIns.calls()).map(({ operation }) => operation);
  const deletesAfter = calls.slice(calls.indexOf("create")).filter((one) => one === "delete");
  expect(calls.filter((one) => one === "create")).toHaveLength(1);
  expect(deletesAfter.length).toBeGreaterThan(4);
});

test("old rooms are deleted with as many calls at once as their account takes, whatever the new one takes", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 24, { startsAt: addMinutes(segue.clock(), 2 * DAY) });
  // All is answered, so that account may be called more and more.
  await segue.connect(tutor, "google_meet");
  await segue.work();
  await segue.standIns.settings({
    answersTakeMs: { delete: 30 },
    mostAtOnce: 2,
    beyondThat: "refused",
  });
  await segue.standIns.forgetCalls();
  await segue.later({ minutes: 61 });
  await segue.standIns.settings({ answersTakeMs: {}, mostAtOnce: null });
  const deletes = await segue.standIns.calls("delete");
  const refused = deletes.filter(({ status }) => status !== 204);
  expect(deletes.length - refused.length).toBe(24);
  // The first that were too many, and a few probes.
  expect(refused.length).toBeLessThanOrEqual(5);
});
