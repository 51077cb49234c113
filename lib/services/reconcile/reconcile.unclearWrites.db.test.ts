/** A write takes effect, and its answer doesn't say so. Zoom counts it, a hundred a day. */
import { beforeEach, expect, test } from "vitest";
import { addMinutes, nextUtcMidnight } from "#lib/platform/clock.ts";
import { checkOwnLinks } from "#lib/services/drift/checkLinks.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { someOf } from "#tests/harness/extent.ts";
import { betweenCalls, isCreate, isReading, rewritten } from "#tests/harness/middleman.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student, session } = scene();
const { between } = betweenCalls();

/** A day's writes are counted by the UTC day, and each test lives through a part of one. */
beforeEach(async () => {
  segue.clock.set(addMinutes(nextUtcMidnight(segue.clock()), 1));
  await segue.connect(tutor, "zoom");
});

const ways = someOf(["200 {}", "no answer", "200 <html>", "502 <html>"] as const, 2);

test.each(ways)("a change that is made, and answered with %s, is sent once", async (how) => {
  const [id = ""] = await segue.lessons(tutor, student, 1, { startsAt: inDays(5) });
  const patches = answerPatches(how);
  await rescheduleSession(segue.ctx, tutor, id, { startsAt: inDays(6).toISOString() });
  await segue.work();
  await hours(8);
  expect(patches.count).toBe(1);
  expect(await counted()).toBe(2);
  expect(await segue.ledger(tutor)).toMatchObject([{ error_code: null, unclear_revision: null }]);
});

test.each(ways)(
  "a change that is never made, and answered with %s, leaves the day to others",
  async (how) => {
    const [id = ""] = await segue.lessons(tutor, student, 1, { startsAt: inDays(5) });
    const patches = answerPatches(how, { isMade: false });
    await rescheduleSession(segue.ctx, tutor, id, { startsAt: inDays(6).toISOString() });
    await segue.work();
    await hours(8);
    expect(patches.count).toBe(5);
    expect(await counted()).toBe(6);
    await segue.book(tutor, student, { startsAt: inDays(7), subject: "Next" });
    await segue.work();
    const next = (await segue.sessions(tutor)).find(({ title }) => title.startsWith("Next"));
    expect(next?.join_url).toEqual(expect.any(String));
  },
);

test("only the first write of a change may use the reserve, and a newer change begins anew", async () => {
  const [id = ""] = await segue.lessons(tutor, student, 1, { startsAt: inDays(5) });
  const patches = answerPatches("200 {}", { isMade: false });
  await segue.rows(
    "update provider_budgets set taken = 90 where key like 'zoom writes %' returning 1",
  );
  await rescheduleSession(segue.ctx, tutor, id, { startsAt: inDays(6).toISOString() });
  await segue.work();
  await hours(3);
  expect(patches.count).toBe(1);
  await rescheduleSession(segue.ctx, tutor, id, { startsAt: inDays(7).toISOString() });
  await segue.work();
  expect(patches.count).toBe(2);
});

test("a change that nobody could look at is looked at before it is sent again", async () => {
  const [id = ""] = await segue.lessons(tutor, student, 1, { startsAt: inDays(5) });
  const patches = answerPatches("200 {}", { isReadable: false });
  await rescheduleSession(segue.ctx, tutor, id, { startsAt: inDays(6).toISOString() });
  await segue.work();
  await hours(2);
  expect(patches.count).toBe(1);
  patches.isReadable = true;
  await hours(1);
  expect(patches.count).toBe(1);
  expect(await segue.ledger(tutor)).toMatchObject([{ error_code: null, revision: 2 }]);
});

test("a repair whose answers are foreign doesn't go on all day", async () => {
  await segue.lessons(tutor, student, 1, { startsAt: inDays(5) });
  const patches = answerPatches("200 <html>", { isMade: false });
  await segue.rows(`update meetings set answered_title = 'Another'
    where tutor_id = '${tutor.id}' returning 1`);
  await checkOwnLinks(segue.ctx, tutor);
  await hours(8);
  expect(patches.count).toBeGreaterThan(0);
  expect(patches.count).toBeLessThanOrEqual(5);
});

test("rooms that are made, and neither answered nor listed as ours, are few a day", async () => {
  let creates = 0;
  between(async (sent, pass) => {
    if (isCreate(sent)) {
      creates += 1;
      await pass();
      return Response.json({});
    }
    const answer = await pass();
    if (!sent.url.includes("/users/me/meetings")) return answer;
    return rewritten<{ meetings: object[] }>(answer, (body) => ({
      ...body,
      meetings: body.meetings.map((one) => ({ ...one, agenda: "" })),
    }));
  });
  await segue.book(tutor, student, { startsAt: inDays(5) });
  await segue.work();
  await hours(8);
  expect(creates).toBe(5);
  expect(await session()).toMatchObject({ join_url: null });
});

const inDays = (days: number) => addMinutes(segue.clock(), days * 1_440);

async function hours(count: number): Promise<void> {
  for (let minutes = 0; minutes < count * 60; minutes += 20) await segue.later({ minutes: 20 });
}

/** How many writes of the day we think that the tutor's account has used. */
async function counted(): Promise<number> {
  const [row] = await segue.rows(
    `select taken from provider_budgets where key = 'zoom writes ' || (select account_user_id
       from tutor_video_provider_connections where tutor_id = '${tutor.id}')`,
  );
  return Number(row?.taken);
}

function answerPatches(
  how: (typeof ways)[number],
  { isMade = true, isReadable = true }: { isMade?: boolean; isReadable?: boolean } = {},
): { count: number; isReadable: boolean } {
  const patches = { count: 0, isReadable };
  between(async (sent, pass) => {
    if (isReading(sent) && !patches.isReadable) return new Response("<html>");
    if (sent.method !== "PATCH") return pass();
    patches.count += 1;
    if (isMade) await pass();
    if (how === "200 {}") return Response.json({});
    if (how === "200 <html>") return new Response("<html>");
    if (how === "502 <html>") return new Response("<html>", { status: 502 });
    const cause = Object.assign(new Error(), { code: "ECONNRESET" });
    throw Object.assign(new TypeError("fetch failed"), { cause });
  });
  return patches;
}
