/** @module-tag whole */
import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { bookingLimits } from "#lib/records/limits/rules.ts";
import type { Person } from "#lib/services/verb/context.ts";
import type { Refusal } from "#lib/services/verb/errors.ts";
import { refusal, scene } from "#tests/harness/scene.ts";
import { acceptBooking } from "./acceptBooking.ts";
import { cancelBooking } from "./cancelBooking.ts";
import { declineBooking } from "./declineBooking.ts";
import { requestBooking } from "./requestBooking.ts";

const { segue, tutor, student } = scene();
const { unanswered, fruitless } = bookingLimits;
const MAILS = "select from private.mail_texts where subject like '%Mathematics%'";

let hours = 0;

test("of twenty requests at once to one tutor ten wait for an answer, and as many mails", async () => {
  const before = (await segue.rows("select from mails")).length;
  const answers = await Promise.all(Array.from({ length: 20 }, () => refusal(ask())));
  expect(answers.filter(({ code }) => code === "done").length).toBe(unanswered.pair);
  expect(answers.filter(({ code }) => code === "too_many").length).toBe(20 - unanswered.pair);
  expect((await segue.rows("select from mails")).length - before).toBe(unanswered.pair);
  expect(answers.find(({ code }) => code === "too_many")?.message).toBe(
    "10 of your requests to this tutor are still unanswered. Wait for an answer, or cancel one of them.",
  );
});

test("an answer makes room, whichever it is, and so does calling a request off", async () => {
  await segue.connect(tutor, "zoom");
  const [first = "", second = "", third = ""] = await askTimes(unanswered.pair);
  await acceptBooking(segue.ctx, tutor, first);
  await ask();
  await declineBooking(segue.ctx, tutor, second);
  await ask();
  await cancelBooking(segue.ctx, student, third);
  await ask();
  expect(await refusal(ask())).toMatchObject({ code: "too_many" });
  expect(await refusal(ask(tutor, await segue.person("student")))).toMatchObject({ code: "done" });
});

test("a request whose time has passed is in nobody's way, and until then the answer says when", async () => {
  await ask(tutor, student, 30);
  await askTimes(unanswered.pair - 1);
  const refused = await ask().catch((error: Refusal) => error);
  expect(refused).toMatchObject({ code: "too_many", retryAfterSeconds: 30 * 60 });
  segue.clock.advance({ minutes: 30 });
  await ask();
});

test("fifty wait for answers, however many tutors are asked", async () => {
  for (let index = 0; index < unanswered.person / unanswered.pair; index++) {
    await askTimes(unanswered.pair, await segue.person("tutor"));
  }
  expect(await refusal(ask())).toMatchObject({ code: "too_many" });
});

test.each([
  ["called off by the student", (id: string) => cancelBooking(segue.ctx, student, id)],
  ["declined by the tutor", (id: string) => declineBooking(segue.ctx, tutor, id)],
  ["left until their time has passed", async () => void segue.clock.advance({ minutes: 20 })],
])("requests %s are no way around: of such a day thirty reach one tutor", async (_, undo) => {
  for (let index = 0; index < fruitless.pair; index++) {
    await undo(await ask(tutor, student, 15 + index));
  }
  const refused = await ask().catch((error: Refusal) => error);
  expect(refused).toMatchObject({ code: "too_many", key: "tooMany.fruitlessToTutor" });
  const wait = (refused as Refusal).retryAfterSeconds ?? 0;
  expect(wait).toBeGreaterThan(0);
  segue.clock.advance({ seconds: wait - 1 });
  expect(await refusal(ask())).toMatchObject({ code: "too_many" });
  segue.clock.advance({ seconds: 1 });
  await ask();
});

test("lessons that are agreed on count nowhere, though they are called off afterwards", async () => {
  await segue.connect(tutor, "zoom");
  for (let index = 0; index < fruitless.pair + 5; index++) {
    const id = await ask();
    await acceptBooking(segue.ctx, tutor, id);
    if (index % 2 === 0) await cancelBooking(segue.ctx, student, id);
  }
  expect((await segue.rows(MAILS)).length).toBeGreaterThan(fruitless.pair);
});

test("a request that is refused for another reason isn't counted", async () => {
  for (let index = 0; index < fruitless.pair + 1; index++) {
    expect(await refusal(ask(tutor, student, -5))).toMatchObject({ code: "in_the_past" });
  }
  await ask();
});

const ask = async (of: Person = tutor, by: Person = student, inMinutes?: number) =>
  (
    await requestBooking(segue.ctx, by, {
      tutorId: of.id,
      subject: "Mathematics",
      startsAt: addMinutes(segue.clock(), inMinutes ?? 1_440 + 60 * hours++).toISOString(),
      durationMinutes: 45,
      timeZone: "Etc/UTC",
    })
  ).id;

const askTimes = async (times: number, of?: Person) => {
  const ids: string[] = [];
  for (let index = 0; index < times; index++) ids.push(await ask(of));
  return ids;
};
