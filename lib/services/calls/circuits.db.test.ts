/**
 * One account's creates are all answered with 500, and nobody else's.
 *
 * @module-tag whole
 */
import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { betweenCalls, isCreate } from "#tests/harness/middleman.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student } = scene();
const { between } = betweenCalls();

test.each(["zoom", "google_meet"] as const)(
  "an outage of one account at %s holds up another tutor's lesson for a minute at most",
  async (provider) => {
    const other = await segue.person("tutor");
    const pupil = await segue.person("student");
    await segue.connect(tutor, provider);
    await segue.connect(other, provider);
    between((sent, pass) => {
      if (!isCreate(sent) || !sent.body.includes("Poison")) return pass();
      return Response.json({ code: 5000, message: "Internal error" }, { status: 500 });
    });
    for (let hour = 0; hour < 24; hour++)
      await segue.book(tutor, student, {
        subject: "Poison",
        startsAt: addMinutes(segue.clock(), 5 * 1_440 + hour * 60),
      });
    await segue.work();
    for (let i = 0; i < 60; i++) await segue.later({ seconds: 10 });
    const waits: number[] = [];
    for (let n = 0; n < 4; n++) {
      const startsAt = addMinutes(segue.clock(), 3 * 1_440 + n * 60);
      const begun = segue.clock().getTime();
      const [id] = await segue.book(other, pupil, { subject: `Next ${n}`, startsAt });
      await segue.work();
      const room = async () => (await segue.sessions(other)).find((one) => one.id === id)?.join_url;
      for (let i = 0; i < 90 && !(await room()); i++) await segue.later({ seconds: 5 });
      waits.push(Math.round((segue.clock().getTime() - begun) / 1000));
    }
    expect(Math.max(...waits)).toBeLessThanOrEqual(60);
  },
);
