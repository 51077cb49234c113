import { expect, test } from "vitest";
import { scene } from "#tests/harness/scene.ts";
import { getPreferences, updatePreferences } from "./preferences.ts";

const { segue, tutor, student } = scene({ shared: true });

test("who never chose gets what suits their role", async () => {
  const none = { roomNews: true, guardianEmail: null, guardian: null, saidNever: false };
  expect(await getPreferences(segue.ctx, student)).toEqual({
    remindDay: true,
    remindHour: true,
    ...none,
  });
  expect(await getPreferences(segue.ctx, tutor)).toEqual({
    remindDay: false,
    remindHour: false,
    ...none,
  });
});

test("what is chosen stays, and what isn't named isn't changed", async () => {
  await updatePreferences(segue.ctx, student, { guardianEmail: " Guardian@People.example " });
  await updatePreferences(segue.ctx, student, { remindDay: false });
  const chosen = {
    remindDay: false,
    remindHour: true,
    roomNews: true,
    guardianEmail: "guardian@people.example",
  };
  expect(await getPreferences(segue.ctx, student)).toMatchObject(chosen);
  expect(await getPreferences(segue.ctx, await segue.person("student"))).not.toMatchObject(chosen);
  await updatePreferences(segue.ctx, student, { guardianEmail: null });
  expect((await getPreferences(segue.ctx, student)).guardianEmail).toBeNull();
});

test("two changes at the same time both stay", async () => {
  const person = await segue.person("student");
  await updatePreferences(segue.ctx, person, { remindDay: true });
  await Promise.all([
    updatePreferences(segue.ctx, person, { remindDay: false }),
    updatePreferences(segue.ctx, person, { remindHour: false }),
    updatePreferences(segue.ctx, person, { roomNews: false }),
  ]);
  expect(await getPreferences(segue.ctx, person)).toMatchObject({
    remindDay: false,
    remindHour: false,
    roomNews: false,
  });
});

test.each([
  ["no address", "nobody"],
  ["two addresses", "a@people.example, b@people.example"],
  ["a header", "a@people.example\r\nBcc: b@people.example"],
])("a guardian's address that is %s is refused at its field", async (_, guardianEmail) => {
  await expect(updatePreferences(segue.ctx, student, { guardianEmail })).rejects.toMatchObject({
    code: "invalid_input",
    field: "guardianEmail",
  });
});

test("nobody is their own guardian, and a tutor has none", async () => {
  const refused = { code: "invalid_input", field: "guardianEmail" };
  const own = { guardianEmail: student.email.toUpperCase() };
  await expect(updatePreferences(segue.ctx, student, own)).rejects.toMatchObject(refused);
  const some = { guardianEmail: "guardian@people.example" };
  await expect(updatePreferences(segue.ctx, tutor, some)).rejects.toMatchObject(refused);
});
