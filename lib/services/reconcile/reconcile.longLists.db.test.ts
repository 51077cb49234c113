/**
 * A lost meeting is searched for in the account's lists, which may be long, slow, odd or not to be had. The field's tutor
 * has 1,092 lessons: four pages in each of two lists.
 *
 * @module-tag whole
 */
import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { betweenCalls, isCreate, json, rewritten } from "#tests/harness/middleman.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student, session } = scene({ env: { ZOOM_PLAN: "free" } });
const { between } = betweenCalls();

/** Both lists have so many pages; what the stand-in lists stands on the last one. */
function manyPages(pages: number, seconds: number, mostInASecond: number) {
  let isLost = false;
  let times: number[] = [];
  let refusals = 0;
  let own: unknown;
  between(async (sent, pass) => {
    if (isCreate(sent) && !isLost) {
      isLost = true;
      await pass();
      return new Response("<html>", { status: 502 });
    }
    const { pathname, searchParams } = new URL(sent.url);
    if (sent.method !== "GET" || !pathname.endsWith("/users/me/meetings")) return pass();
    const page = Number(searchParams.get("next_page_token") ?? 1);
    if (page === 1) own = await (await pass()).json();
    segue.clock.advance({ seconds });
    const now = segue.clock().getTime();
    times = times.filter((time) => time > now - 1_000);
    if (times.length >= mostInASecond) {
      refusals += 1;
      const message =
        "You have reached the maximum per-second rate limit for this API. Try again later.";
      return json(429, { code: 429, message });
    }
    times.push(now);
    return json(200, page < pages ? { meetings: [], next_page_token: `${page + 1}` } : own);
  });
  return () => refusals;
}

test.each([
  ["four pages, and two calls a second, as a Free account has", 4, 0.3, 2],
  ["forty pages, for which no run has the time", 40, 0.6, 1_000],
] as const)("a lost meeting is found within minutes: %s", async (_, pages, seconds, most) => {
  await segue.connect(tutor, "zoom");
  const refusals = manyPages(pages, seconds, most);
  await segue.book(tutor, student, { startsAt: addMinutes(segue.clock(), 3 * 1_440) });
  await segue.work();
  for (let i = 0; i < 10; i++) await segue.later({ minutes: 1 });
  expect((await session())?.join_url).toEqual(expect.any(String));
  expect(await segue.ledger(tutor)).toHaveLength(1);
  expect(refusals()).toBe(0);
});

test("a lesson has its room although an entry of the list can't be read", async () => {
  await segue.connect(tutor, "zoom");
  let lost = 0;
  between(async (sent, pass) => {
    if (isCreate(sent) && lost++ === 0) {
      await pass();
      return json(502, {});
    }
    const answer = await pass();
    if (sent.method !== "GET" || !sent.url.includes("/users/me/meetings")) return answer;
    return rewritten<{ meetings: object[] }>(answer, (body) => ({
      ...body,
      meetings: [{ id: "", topic: "Something of the tutor's own" }, ...body.meetings],
    }));
  });
  await segue.book(tutor, student, { startsAt: addMinutes(segue.clock(), 3 * 1_440) });
  await segue.work();
  await segue.later({ minutes: 1 });
  expect((await session())?.join_url).toEqual(expect.any(String));
  expect(lost).toBe(1);
});

test.each([
  ["an hour", 3 * 1_440, 70],
  ["a minute, right before its lesson", 10, 5],
])("while the list fails, a lost meeting is made again after %s", async (_, minutes, within) => {
  await segue.connect(tutor, "zoom");
  let creates = 0;
  between(async (sent, pass) => {
    if (sent.url.includes("/users/me/meetings") && sent.method === "GET") return json(500, {});
    return isCreate(sent) && creates++ === 0 ? json(502, {}) : pass();
  });
  await segue.book(tutor, student, { startsAt: addMinutes(segue.clock(), minutes) });
  await segue.work();
  for (let i = 0; i < within; i++) await segue.later({ minutes: 1 });
  expect((await session())?.join_url).toEqual(expect.any(String));
  expect(creates).toBe(2);
});
