import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { answerAsk } from "#lib/services/students/answer.ts";
import { getPreferences, updatePreferences } from "#lib/services/telling/preferences.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { tokensTo } from "#tests/harness/asking/guardian.ts";
import { refusal, scene } from "#tests/harness/scene.ts";
import { takeNeverBack } from "./ownNever.ts";

const { segue, student } = scene({ student: { name: "Dev" } });

const ask = (asker: Person, guardianEmail: string) =>
  updatePreferences(segue.ctx, asker, { guardianEmail });
const saidNever = async (person: Person) => (await getPreferences(segue.ctx, person)).saidNever;
const questionsTo = async (email: string) => (await tokensTo(segue, email)).length;

/** Somebody whose mailbox has said "no, never", by a spelling of it that isn't the account's. */
async function unwilling(isConfirmed: boolean): Promise<Person> {
  const name = `p${randomUUID()}`;
  const asked = `${name}+kid@people.example`;
  await ask(student, asked);
  const [token = ""] = await tokensTo(segue, asked);
  await answerAsk(segue.ctx, token, { answer: "never" });
  return segue.person("tutor", { email: `${name}@people.example`, isConfirmed });
}

test("the owner of a confirmed address sees their “never” and takes it back", async () => {
  const owner = await unwilling(true);
  expect(await saidNever(owner)).toBe(true);
  const other = await segue.person("student");
  await ask(other, owner.email);
  expect(await questionsTo(owner.email)).toBe(0);
  await takeNeverBack(segue.ctx, owner);
  await takeNeverBack(segue.ctx, owner);
  expect(await saidNever(owner)).toBe(false);
  segue.clock.advance({ hours: 24 * 31 });
  const third = await segue.person("student");
  await ask(third, owner.email);
  expect(await questionsTo(owner.email)).toBe(1);
});

test("whoever has only claimed the address neither learns of it nor takes it back", async () => {
  const claimant = await unwilling(false);
  expect(await saidNever(claimant)).toBe(false);
  expect(await refusal(takeNeverBack(segue.ctx, claimant))).toMatchObject({
    code: "address_unconfirmed",
  });
  const stranger = await segue.person("student");
  await takeNeverBack(segue.ctx, stranger);
  expect(await saidNever({ ...claimant, isConfirmed: true })).toBe(true);
});
