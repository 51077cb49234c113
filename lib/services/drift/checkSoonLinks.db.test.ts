import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { disconnectProvider } from "#lib/services/switching/disconnectProvider.ts";
import { scene } from "#tests/harness/scene.ts";
import { checkSoonLinks } from "./checkSoonLinks.ts";

const { segue, tutor, student, deleteByHand } = scene();

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
