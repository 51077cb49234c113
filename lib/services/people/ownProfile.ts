import { z } from "zod";
import { asPerson } from "#lib/platform/db.ts";
import { tutorsNotice } from "#lib/records/people/queries.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";

export const profileView = z.looseObject({
  id: z.uuid(),
  cancelUntilHours: z
    .number()
    .optional()
    .describe("Of a tutor: students may cancel a lesson until so many hours before its start."),
});

/** Who somebody is, and what they have set for their students. */
export async function ownProfile(
  ctx: Context,
  person: Person,
): Promise<Person & { cancelUntilHours?: number }> {
  if (person.role !== "tutor") return person;
  const { cancel_until_hours: cancelUntilHours } = await asPerson(
    ctx.db,
    { personId: person.id },
    (trx) => tutorsNotice(trx, person.id),
  );
  return { ...person, cancelUntilHours };
}
