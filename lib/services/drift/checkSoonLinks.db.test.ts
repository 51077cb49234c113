import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import type { Person } from "#lib/services/context.ts";
import { disconnectProvider } from "#lib/services/switching/disconnectProvider.ts";
import { type Segue, testSegue } from "#tests/harness/segue.ts";
import { checkSoonLinks } from "./checkSoonLinks.ts";

let segue: Segue;
let tutor: Person;
let student: Person;
beforeAll(async () => {
  segue = await testSegue();
});
afterAll(() => segue.close());
beforeEach(async () => {
  await segue.fresh();
  tutor = await segue.person("tutor");
  student = await segue.person("student");
});

const deleteByHand = (provider: "google" | "zoom", id: string | null | undefined) =>
  segue.standIns.control("delete-meeting", { provider, id });

test("by itself only the next day's lessons are checked, of connected tutors", async () => {
  await segue.connect(tutor, "google_meet");
  const hours = (count: number) => addMinutes(segue.clock(), count * 60);
  await segue.lessons(tutor, student, 1, { startsAt: hours(23) });
  await segue.lessons(tutor, student, 1, { startsAt: hours(25) });
  const away = await segue.person("tutor");
  await segue.connect(away, "google_meet");
  await segue.lessons(away, student, 1, { startsAt: hours(2) });
  await disconnectProvider(segue.ctx, away);
  const [soon, late] = await segue.sessions(tutor);
  const [other] = await segue.sessions(away);
  for (const session of [soon, late, other]) {
    await deleteByHand("google", session?.meeting_external_id);
  }
  await checkSoonLinks(segue.ctx);
  await segue.work();
  const [renewed, untouched] = await segue.sessions(tutor);
  expect(renewed?.join_url).toBeTruthy();
  expect(renewed?.join_url).not.toBe(soon?.join_url);
  expect(untouched).toEqual(late);
  expect(await segue.sessions(away)).toEqual([other]);
  expect(segue.messages()).not.toContain("Links could not be checked");
});
