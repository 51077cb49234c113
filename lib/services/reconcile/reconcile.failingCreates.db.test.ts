/**
 * Creates that end in 5xx or in silence: the provider may count each of them, and there are a hundred a day.
 *
 * @module-tag whole
 */
import { expect, test } from "vitest";
import { addMinutes, nextUtcMidnight } from "#lib/platform/clock.ts";
import { betweenCalls, isCreate } from "#tests/harness/middleman.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student } = scene();
const { between } = betweenCalls();

test.each([500, "cut"] as const)(
  "one lesson's create that always ends with %s leaves the day to other lessons",
  async (how) => {
    segue.clock.set(addMinutes(nextUtcMidnight(segue.clock()), 1));
    await segue.connect(tutor, "zoom");
    let creates = 0;
    between(async (sent, pass) => {
      if (!isCreate(sent) || !sent.body.includes("Poison")) return pass();
      creates += 1;
      if (how === 500)
        return Response.json({ code: 5000, message: "Internal error" }, { status: 500 });
      const cause = Object.assign(new Error(), { code: "ECONNRESET" });
      throw Object.assign(new TypeError("fetch failed"), { cause });
    });
    const startsAt = addMinutes(segue.clock(), 5 * 1_440);
    await segue.book(tutor, student, { startsAt, subject: "Poison" });
    await segue.work();
    for (let i = 0; i < 400 && creates < 100; i++) await segue.later({ seconds: 15 });
    // Another student, hours later, on a lesson of tomorrow: its create would be answered as usual.
    await segue.later({ hours: 2 });
    const other = await segue.person("student");
    const soon = addMinutes(segue.clock(), 14 * 60);
    await segue.book(tutor, other, { startsAt: soon, subject: "Next" });
    await segue.work();
    await segue.later({ minutes: 5 });
    const next = (await segue.sessions(tutor)).find(({ title }) => title.startsWith("Next"));
    expect({ creates: creates < 20, room: typeof next?.join_url }).toEqual({
      creates: true,
      room: "string",
    });
  },
);

test("after ten minutes in which Zoom makes no meetings, and lists them as ever, the lessons get their rooms", async () => {
  segue.clock.set(addMinutes(nextUtcMidnight(segue.clock()), 1));
  await segue.connect(tutor, "zoom");
  const first = addMinutes(segue.clock(), 12 * 60);
  let isDown = true;
  let asked = 0;
  between((sent, pass) => {
    if (!isCreate(sent) || !isDown) return pass();
    asked += 1;
    return Response.json({ code: 5000, message: "Internal error" }, { status: 500 });
  });
  for (let hour = 0; hour < 24; hour++) {
    const startsAt = addMinutes(first, hour * 60);
    await segue.book(tutor, student, { subject: `Lesson ${hour}`, startsAt });
  }
  await segue.work();
  for (let i = 0; i < 60; i++) await segue.later({ seconds: 10 });
  isDown = false;
  for (let i = 0; i < 60; i++) await segue.later({ minutes: 1 });
  const roomless = (await segue.sessions(tutor)).filter(({ join_url: link }) => !link);
  while (segue.clock() < addMinutes(first, -20)) await segue.later({ minutes: 20 });
  for (let i = 0; i < 20; i++) await segue.later({ minutes: 1 });
  const [soonest] = await segue.sessions(tutor);
  // Zoom may have counted each of them, and the other lessons of the day are to have theirs.
  expect(asked).toBeLessThan(60);
  expect({ roomless: roomless.length, begins: typeof soonest?.join_url }).toEqual({
    roomless: 0,
    begins: "string",
  });
});
