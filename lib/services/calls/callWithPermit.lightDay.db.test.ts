/**
 * PROVIDERS: "Daily 429 in the field: `Light`, limit 6000, no Type, no Retry-After". It is the limit of light calls, and
 * has nothing to do with the hundred creates and updates: a create is a medium call.
 */
import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { betweenCalls } from "#tests/harness/middleman.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student } = scene();
const { between } = betweenCalls();

test("a day of light calls that is used up holds up no create", async () => {
  await segue.connect(tutor, "zoom");
  const [id = ""] = await segue.lessons(tutor, student, 1);
  let creates = 0;
  between((sent, pass) => {
    if (sent.method === "POST" && sent.url.endsWith("/users/me/meetings")) creates += 1;
    if (sent.method !== "PATCH" && !/\/meetings\/\d+$/.test(sent.url)) return pass();
    const message =
      "You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request.";
    return Response.json(
      { code: 429, message },
      {
        status: 429,
        headers: {
          "x-ratelimit-category": "Light",
          "x-ratelimit-limit": "6000",
          "x-ratelimit-remaining": "0",
        },
      },
    );
  });
  const startsAt = addMinutes(segue.clock(), 4 * 1_440).toISOString();
  await rescheduleSession(segue.ctx, tutor, id, { startsAt });
  await segue.work();
  await segue.book(tutor, student, {
    subject: "Next",
    startsAt: addMinutes(segue.clock(), 10 * 60),
  });
  await segue.work();
  for (let i = 0; i < 6; i++) await segue.later({ minutes: 10 });
  const next = (await segue.sessions(tutor)).find(({ title }) => title.startsWith("Next"));
  expect({ creates, link: typeof next?.join_url }).toEqual({ creates: 1, link: "string" });
});
