import { z } from "zod";
import { clockHours } from "#lib/platform/dateWords.ts";
import { asService } from "#lib/platform/db.ts";
import { updatePerson } from "#lib/records/people/queries.ts";
import { MOST_CANCEL_HOURS } from "#lib/records/sessions/rules.ts";
import { admit } from "#lib/services/verb/admit.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { anyZone, language, parseInput, timeZone } from "#lib/services/verb/input.ts";
import { personName } from "./accountInput.ts";

export const profileInput = z.object({
  name: personName.optional(),
  timeZone: anyZone.optional().describe("IANA"),
  language: language.optional(),
  clockHours: z.literal(clockHours).optional(),
  cancelUntilHours: z
    .number()
    .int()
    .min(0, "tooFew")
    .max(MOST_CANCEL_HOURS, "tooMany")
    .optional()
    .describe("Of a tutor: students may cancel a lesson until so many hours before its start."),
});

const newZone = z.object({ timeZone: timeZone.optional() });

/** A person changes their own name, zone, language or clock, and a tutor until when students cancel; pages follow at once. */
export async function updateProfile(ctx: Context, person: Person, body: unknown): Promise<void> {
  const change = parseInput(profileInput, body);
  // The form sends the zone as it is stored, unless somebody chooses another one.
  if (change.timeZone !== person.timeZone) parseInput(newZone, change);
  const { cancelUntilHours: hours } = change;
  if (hours !== undefined && person.role !== "tutor") {
    throw new Refusal("invalid_input", "onlyFor.tutor", { field: "cancelUntilHours" });
  }
  await asService(ctx.db, async (trx) => {
    await admit(ctx, trx, "profile", person.id);
    await updatePerson(
      trx,
      person.id,
      {
        ...(change.name && { name: change.name }),
        ...(change.timeZone && { time_zone: change.timeZone }),
        ...(change.language && { language: change.language }),
        ...(change.clockHours && { clock_hours: change.clockHours }),
        ...(hours !== undefined && { cancel_until_hours: hours }),
      },
      ctx.clock(),
    );
  });
}
