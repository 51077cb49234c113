import { expect } from "@playwright/test";
import {
  consent,
  inMinutes,
  newPerson,
  requestLesson,
  sessionsOf,
  type TestPerson,
} from "#tests/e2e/people.ts";
import { setFaults, withoutLimits } from "#tests/e2e/sandbox.ts";
import type { FieldCase } from "../../fieldCase.ts";
import { until } from "../../waiting.ts";

export const fieldCase: FieldCase = {
  situation: "Zoom answers one create with 429 and asks for a pause of thirty days",
  right:
    "another tutor of the organisation has a room in seconds; Refresh gives that tutor's own lessons theirs",
  async play({ app, browser }) {
    await withoutLimits(app);
    const student = await newPerson(browser, app, { role: "student", name: "Student Far" });
    const [tutor, other] = await Promise.all(
      ["One", "Two"].map(async (name) => {
        const one = await newPerson(browser, app, { role: "tutor", name: `Tutor ${name}` });
        await consent(one, "Connect Zoom", `${name.toLowerCase()}@school.example`);
        return one;
      }),
    );
    if (!tutor || !other) throw new Error("Nobody teaches");
    const far = { effect: "rate_limited", retryAfter: "2592000", times: 1 };
    await setFaults(app, [{ provider: "zoom", operation: "create", ...far }]);
    const book = async (who: TestPerson, minutes: number) => {
      const startsAt = inMinutes(minutes);
      const id = await requestLesson(who, student, { subject: "Algebra", startsAt });
      await who.api.post(`/api/bookings/${id}/accept`);
    };
    await book(tutor, 24 * 60);
    await expect.poll(async () => (await refusals(app.sandboxUrl)).length, SOON).toBe(1);
    await book(tutor, 26 * 60);
    await book(other, 28 * 60);
    const isOthersMade = (await until(() => rooms(other), 1)) === 1;
    const before = await rooms(tutor);
    await tutor.api.post("/api/sessions/migrate-provider");
    const isOwnMade = (await until(() => rooms(tutor), 2)) === 2;
    return {
      isRight: isOthersMade && isOwnMade,
      seen: `the other's room: ${isOthersMade}; own rooms: ${before}, after Refresh ${await rooms(tutor)}`,
    };
  },
};

const SOON = { timeout: 20_000 };

const refusals = async (sandboxUrl: string) => {
  const calls = (await (await fetch(`${sandboxUrl}/control/calls`)).json()) as { status: number }[];
  return calls.filter(({ status }) => status === 429);
};

const rooms = async (tutor: TestPerson): Promise<number> =>
  (await sessionsOf(tutor)).filter(({ linkState }) => linkState === "ready").length;
