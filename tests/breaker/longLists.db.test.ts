/**
 * A search for a lost meeting costs two medium calls by our count, and reads as many pages as the lists have, one after
 * the other, under one deadline of seven seconds. The field's tutor has 1,092 lessons: four pages in each of two lists.
 */
import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { CALL_TIMEOUT_MS } from "#lib/platform/patience.ts";
import { betweenCalls, isCreate, json } from "#tests/harness/middleman.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student, session } = scene({ env: { ZOOM_PLAN: "free" } });
const { between } = betweenCalls();

/** Both lists have so many pages; what the stand-in lists stands on the last one. */
function manyPages(pages: number, seconds: number, mostInASecond: number) {
  let isLost = false;
  let times: number[] = [];
  let begun = 0;
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
    if (page === 1 && searchParams.get("type") === "scheduled") begun = segue.clock().getTime();
    segue.clock.advance({ seconds });
    const now = segue.clock().getTime();
    if (now - begun > CALL_TIMEOUT_MS)
      throw new DOMException("The operation was aborted due to timeout", "TimeoutError");
    times = times.filter((time) => time > now - 1_000);
    if (times.length >= mostInASecond) {
      const message =
        "You have reached the maximum per-second rate limit for this API. Try again later.";
      return json(429, { code: 429, message });
    }
    times.push(now);
    return json(200, page < pages ? { meetings: [], next_page_token: `${page + 1}` } : own);
  });
}

test.each([
  ["four pages, as it is (passes)", 4, 0.3, 1_000],
  ["four pages and a Free account's two medium calls a second", 4, 0.3, 2],
  ["fourteen pages that take 0.6 seconds each", 14, 0.6, 1_000],
] as const)("a lost meeting is found, or made again: %s", async (_, pages, seconds, most) => {
  await segue.connect(tutor, "zoom");
  manyPages(pages, seconds, most);
  await segue.book(tutor, student, { startsAt: addMinutes(segue.clock(), 3 * 1_440) });
  await segue.work();
  for (let i = 0; i < 48; i++) await segue.later({ minutes: 30 });
  // Fails: each search ends with a 429, or with a time-out, and nothing else is ever tried.
  expect((await session())?.join_url).toEqual(expect.any(String));
});
