/** Reading a licence is a call like any other, and what its refusal names is believed within the same bounds. */
import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { checkLinks } from "#lib/services/drift/checkLinks.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student } = scene();

test("a Retry-After of 30 days for /users/me holds up the next booking for minutes at most", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await segue.standIns.faults({
    provider: "zoom",
    operation: "account",
    effect: "rate_limited",
    retryAfter: "2592000",
  });
  await checkLinks(segue.ctx, tutor.id);
  await segue.standIns.faults();
  await segue.book(tutor, student, {
    startsAt: addMinutes(segue.clock(), 3 * 1_440),
    subject: "Next",
  });
  await segue.work();
  for (let i = 0; i < 12; i++) await segue.later({ minutes: 5 });
  const next = (await segue.sessions(tutor)).find(({ title }) => title.startsWith("Next"));
  expect(next?.join_url).toEqual(expect.any(String));
});
