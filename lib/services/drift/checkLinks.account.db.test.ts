/**
 * What all rooms of an account have in common must not be repaired room by room.
 *
 * @module-tag whole
 */
import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { betweenCalls, isReading, rewritten } from "#tests/harness/middleman.ts";
import { LONG_PATIENCE_MS } from "#tests/harness/patience.ts";
import { scene } from "#tests/harness/scene.ts";
import { checkOwnLinks } from "./checkLinks.ts";

const { segue, tutor, student } = scene();
const { between } = betweenCalls();

test("titles that come back changed don't eat the day of the next bookings", {
  timeout: LONG_PATIENCE_MS,
}, async () => {
  await roomsOfYesterday((index) => `R&D ${index}`, 24);
  const writes = spellOtherwise();
  await checkOwnLinks(segue.ctx, tutor);
  await minutes(10);
  expect(writes.count).toBe(20);
  await segue.book(tutor, student, { startsAt: inDays(60), repeatWeekly: 20, subject: "New" });
  await minutes(5);
  const made = (await segue.sessions(tutor)).filter(({ title }) => title.startsWith("New"));
  expect(made.filter(({ join_url: link }) => link)).toHaveLength(20);
});

test("how one room's title is spelled after it was told is how the same title of the others is", {
  timeout: LONG_PATIENCE_MS,
}, async () => {
  await roomsOfYesterday(() => "R&D", 12);
  const writes = spellOtherwise();
  await checkOwnLinks(segue.ctx, tutor);
  await minutes(3);
  expect(writes.count).toBeLessThanOrEqual(segue.ctx.providers.get("zoom").budget.concurrency);
  expect(await checkOwnLinks(segue.ctx, tutor)).toMatchObject({ checked: 12, differs: 0 });
});

const inDays = (days: number) => addMinutes(segue.clock(), days * 1_440);

async function roomsOfYesterday(subject: (index: number) => string, count: number): Promise<void> {
  await segue.connect(tutor, "zoom");
  for (let index = 0; index < count; index++) {
    await segue.book(tutor, student, { startsAt: inDays(3 + index), subject: subject(index) });
  }
  await segue.work();
  for (let hours = 0; hours < 26; hours += 2) await segue.later({ hours: 2 });
}

async function minutes(count: number): Promise<void> {
  for (let minute = 0; minute < count; minute++) await segue.later({ minutes: 1 });
}

function spellOtherwise() {
  const writes = { count: 0 };
  between(async (sent, pass) => {
    if (sent.method === "PATCH") writes.count += 1;
    const answer = await pass();
    if (!isReading(sent) || !answer.ok) return answer;
    return rewritten<{ topic: string }>(answer, (body) => ({
      ...body,
      topic: body.topic.replaceAll("&", "&amp;"),
    }));
  });
  return writes;
}
