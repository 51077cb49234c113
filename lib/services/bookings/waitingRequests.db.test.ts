import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { scene } from "#tests/harness/scene.ts";
import { declineBooking } from "./declineBooking.ts";
import { requestBooking } from "./requestBooking.ts";
import { waitingRequests } from "./waitingRequests.ts";

const { segue, tutor, student } = scene();

test("a tutor is told how many requests wait, until they are answered or their time is over", async () => {
  const ask = (hours: number) =>
    requestBooking(segue.ctx, student, {
      tutorId: tutor.id,
      subject: "Algebra",
      startsAt: addMinutes(segue.clock(), hours * 60).toISOString(),
      durationMinutes: 45,
      timeZone: "Etc/UTC",
    });
  const first = await ask(24);
  await ask(48);
  expect(await waitingRequests(segue.ctx, tutor)).toBe(2);
  expect(await waitingRequests(segue.ctx, await segue.person("tutor"))).toBe(0);
  await declineBooking(segue.ctx, tutor, first.id);
  expect(await waitingRequests(segue.ctx, tutor)).toBe(1);
  segue.clock.advance({ hours: 49 });
  expect(await waitingRequests(segue.ctx, tutor)).toBe(0);
});
