/** Which mails somebody wants, and a student's guardian. */
import { z } from "zod";
import { asPerson, asService } from "#lib/platform/db.ts";
import { preferencesOf, storePreferences } from "#lib/records/people/queries/preferences.ts";
import { defaultPreferences, type Preferences } from "#lib/records/people/rules.ts";
import { admit } from "#lib/services/admit.ts";
import type { Context, Person } from "#lib/services/context.ts";
import { Refusal } from "#lib/services/errors.ts";
import { emailAddress, parseInput } from "#lib/services/input.ts";

export const preferencesView = z.object({
  remindDay: z.boolean().describe("A reminder a day before each lesson."),
  remindHour: z.boolean().describe("A reminder an hour before each lesson."),
  roomNews: z.boolean().describe("A mail when lessons move to another provider."),
  guardianEmail: z
    .string()
    .nullable()
    .describe("Of a student: gets a copy of each mail about their lessons."),
});
export type PreferencesView = z.infer<typeof preferencesView>;

export const preferencesInput = z.object({
  remindDay: z.boolean().optional(),
  remindHour: z.boolean().optional(),
  roomNews: z.boolean().optional(),
  guardianEmail: emailAddress.nullable().optional(),
});

const toView = (row: Preferences): PreferencesView => ({
  remindDay: row.remind_day,
  remindHour: row.remind_hour,
  roomNews: row.room_news,
  guardianEmail: row.guardian_email,
});

export const getPreferences = (ctx: Context, person: Person): Promise<PreferencesView> =>
  asPerson(ctx.db, { personId: person.id }, async (trx) =>
    toView((await preferencesOf(trx, person.id)) ?? defaultPreferences(person.role)),
  );

/** Fields that are left out keep their value. @throws Refusal `invalid_input` with the field at fault */
export async function updatePreferences(
  ctx: Context,
  person: Person,
  body: unknown,
): Promise<PreferencesView> {
  const change = parseInput(preferencesInput, body);
  if (change.guardianEmail) refuseGuardian(person, change.guardianEmail);
  const updated_at = ctx.clock();
  const first = { person_id: person.id, ...defaultPreferences(person.role), updated_at };
  return asService(ctx.db, async (trx) => {
    await admit(ctx, trx, "preferences", person.id);
    return toView(await storePreferences(trx, first, { ...toRow(change), updated_at }));
  });
}

const toRow = (change: z.infer<typeof preferencesInput>): Partial<Preferences> => ({
  ...(change.remindDay !== undefined && { remind_day: change.remindDay }),
  ...(change.remindHour !== undefined && { remind_hour: change.remindHour }),
  ...(change.roomNews !== undefined && { room_news: change.roomNews }),
  ...(change.guardianEmail !== undefined && { guardian_email: change.guardianEmail }),
});

function refuseGuardian(person: Person, email: string): void {
  if (person.role !== "student") {
    throw new Refusal("invalid_input", "onlyStudentsHaveGuardians", { field: "guardianEmail" });
  }
  if (email === person.email.toLowerCase()) {
    throw new Refusal("invalid_input", "ownAddress", { field: "guardianEmail" });
  }
}
