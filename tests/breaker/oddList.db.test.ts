/** One odd entry among the tutor's own meetings keeps a lesson whose create's answer was lost from its room. */
import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { betweenCalls, isCreate, rewritten } from "#tests/harness/middleman.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student, session } = scene();
const { between } = betweenCalls();

test("a lesson has its room although an entry of the list can't be read", async () => {
  await segue.connect(tutor, "zoom");
  let lost = 0;
  between(async (sent, pass) => {
    if (isCreate(sent) && lost++ === 0) {
      await pass();
      return Response.json({}, { status: 502 });
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
  for (let i = 0; i < 48; i++) await segue.later({ minutes: 30 });
  // Fails: neither found nor made again, for a day and more.
  expect((await session())?.join_url).toEqual(expect.any(String));
});
