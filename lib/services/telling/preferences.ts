/** Which mails somebody wants, and a student's guardian. */
import { z } from "zod";
import { asPerson, asService, becomeService, type Trx } from "#lib/platform/db.ts";
import { ownGuardian } from "#lib/records/asking/rules.ts";
import { preferencesOf, storePreferences } from "#lib/records/people/queries/preferences.ts";
import { defaultPreferences, type Preferences } from "#lib/records/people/rules.ts";
import { askAgain, askInstead } from "#lib/services/asking/ask.ts";
import { hasSaidNever } from "#lib/services/asking/ownNever.ts";
import { standingFor, standingView } from "#lib/services/asking/standing.ts";
import { admit } from "#lib/services/verb/admit.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { Refusal, requireConfirmed } from "#lib/services/verb/errors.ts";
import { emailAddress, parseInput } from "#lib/services/verb/input.ts";
import { mailQuestion } from "./questionMail.ts";

export const preferencesView = z.object({
  remindDay: z.boolean().describe("A reminder a day before each lesson."),
  remindHour: z.boolean().describe("A reminder an hour before each lesson."),
  roomNews: z.boolean().describe("A mail when lessons move to another provider."),
  guardianEmail: z
    .string()
    .nullable()
    .describe("Of a student: gets a copy of each mail about their lessons, once it has agreed."),
  guardian: standingView.nullable().describe("How it stands with that address."),
  saidNever: z
    .boolean()
    .describe("Whether one's own mailbox said that it wants no mails in other people's names."),
});
export type PreferencesView = z.infer<typeof preferencesView>;

export const preferencesInput = z.object({
  remindDay: z.boolean().optional(),
  remindHour: z.boolean().optional(),
  roomNews: z.boolean().optional(),
  guardianEmail: emailAddress
    .nullable()
    .optional()
    .describe("A new address is asked by mail; null ends what an earlier one agreed to."),
});

async function viewOf(
  ctx: Context,
  trx: Trx,
  person: Person,
  row: Preferences | undefined,
): Promise<PreferencesView> {
  const wishes = row ?? defaultPreferences(person.role);
  const guardian = await standingFor(ctx, trx, ownGuardian(person.id));
  return {
    remindDay: wishes.remind_day,
    remindHour: wishes.remind_hour,
    roomNews: wishes.room_news,
    guardianEmail: guardian?.email ?? null,
    guardian: guardian?.view ?? null,
    saidNever: await hasSaidNever(ctx, trx, person),
  };
}

export const getPreferences = (ctx: Context, person: Person): Promise<PreferencesView> =>
  asPerson(ctx.db, { personId: person.id }, async (trx) => {
    const row = await preferencesOf(trx, person.id);
    // A guardian's address is where people's own role reads nothing.
    await becomeService(trx);
    return viewOf(ctx, trx, person, row);
  });

/**
 * Fields that are left out keep their value. A guardian's new address is asked before it gets anything else.
 * @throws Refusal `invalid_input` with the field at fault, `too_many` after many addresses
 */
export async function updatePreferences(
  ctx: Context,
  person: Person,
  body: unknown,
): Promise<PreferencesView> {
  const { guardianEmail: email, ...change } = parseInput(preferencesInput, body);
  if (email) {
    requireConfirmed(person);
    refuseGuardian(person, email);
  }
  const updated_at = ctx.clock();
  const first = { person_id: person.id, ...defaultPreferences(person.role), updated_at };
  return asService(ctx.db, async (trx) => {
    await admit(ctx, trx, "preferences", person.id);
    if (email !== undefined) {
      const question = await askInstead(ctx, trx, { ...ownGuardian(person.id), email });
      if (question) await mailQuestion(ctx, trx, person, "guardian", question);
    }
    const row = await storePreferences(trx, first, { ...toRow(change), updated_at });
    return viewOf(ctx, trx, person, row);
  });
}

/**
 * Asks the same guardian once more, some time after the last try.
 * @throws Refusal `wrong_state` where nobody is to be asked, `too_many` before its time
 */
export const askGuardianAgain = (ctx: Context, person: Person): Promise<PreferencesView> =>
  asService(ctx.db, async (trx) => {
    const question = await askAgain(ctx, trx, ownGuardian(person.id));
    if (question) await mailQuestion(ctx, trx, person, "guardian", question);
    return viewOf(ctx, trx, person, await preferencesOf(trx, person.id));
  });

const toRow = ({
  remindDay,
  remindHour,
  roomNews,
}: Omit<z.infer<typeof preferencesInput>, "guardianEmail">): Partial<Preferences> => ({
  ...(remindDay !== undefined && { remind_day: remindDay }),
  ...(remindHour !== undefined && { remind_hour: remindHour }),
  ...(roomNews !== undefined && { room_news: roomNews }),
});

function refuseGuardian(person: Person, email: string): void {
  if (person.role !== "student") {
    throw new Refusal("invalid_input", "onlyStudentsHaveGuardians", { field: "guardianEmail" });
  }
  if (email === person.email.toLowerCase()) {
    throw new Refusal("invalid_input", "ownAddress", { field: "guardianEmail" });
  }
}
