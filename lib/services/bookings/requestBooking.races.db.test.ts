import { expect, test } from "vitest";
import { addDays } from "#lib/platform/clock.ts";
import { bookingLimits } from "#lib/records/limits/rules.ts";
import { refusal, scene } from "#tests/harness/scene.ts";
import { acceptBooking } from "./acceptBooking.ts";
import { cancelBooking } from "./cancelBooking.ts";
import { declineBooking } from "./declineBooking.ts";
import { requestBooking } from "./requestBooking.ts";

const { segue, tutor, student } = scene();

test("a request that is pressed twice is one request, and one mail", async () => {
  const one = await ask();
  expect(await ask()).toEqual(one);
  expect(await ask({ startsAt: undefined, startsAtLocal: localStart() })).toEqual(one);
  expect(await mails()).toHaveLength(1);
});

test("of presses at the same moment one is a request, and all are answered with it", async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => ask()));
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  expect(await mails()).toHaveLength(1);
});

test("a second press is answered also where no more requests may wait", async () => {
  const one = await ask();
  for (let index = 1; index < bookingLimits.unanswered.pair; index++) {
    await ask({ subject: `Maths ${index}` });
  }
  expect(await refusal(ask({ subject: "Physics" }))).toMatchObject({ code: "too_many" });
  expect(await ask()).toEqual(one);
});

test("a request that differs in anything is one of its own", async () => {
  await segue.person("tutor").then((other) => ask({ tutorId: other.id }));
  await ask({ subject: "Physics" });
  await ask({ startsAt: addDays(segue.clock(), 6).toISOString() });
  await ask({ durationMinutes: 45 });
  await ask({ repeatWeekly: 2 });
  // Weekly at the same time means other lessons there.
  await ask({ repeatWeekly: 2, timeZone: "America/New_York" });
  await ask({}, await segue.person("student"));
  const ids = await segue.rows(
    `select id from bookings where student_id = '${student.id}' or tutor_id = '${tutor.id}'`,
  );
  expect(ids).toHaveLength(7);
});

test("a wish that was decided or called off may be made again", async () => {
  const first = await ask();
  await declineBooking(segue.ctx, tutor, first.id);
  const second = await ask();
  await cancelBooking(segue.ctx, student, second.id);
  const third = await ask();
  expect(new Set([first.id, second.id, third.id]).size).toBe(3);
  await segue.connect(tutor, "zoom");
  await acceptBooking(segue.ctx, tutor, third.id);
  expect(await refusal(ask())).toMatchObject({ code: "overlap" });
});

const ask = (change: object = {}, by = student) =>
  requestBooking(segue.ctx, by, {
    tutorId: tutor.id,
    subject: "Maths",
    startsAt: addDays(segue.clock(), 5).toISOString(),
    durationMinutes: 60,
    timeZone: "Etc/UTC",
    ...change,
  });

const localStart = () => addDays(segue.clock(), 5).toISOString().slice(0, 19);

const mails = () =>
  segue.rows(
    `select from private.mail_texts join mails on id = mail_id
      where about = 'requested' and to_email = '${tutor.email}'`,
  );
