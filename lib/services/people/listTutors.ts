import { asPerson } from "#lib/platform/db.ts";
import * as people from "#lib/records/people/queries.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import type { Participant } from "./views.ts";

/** Lists all tutors, by name. */
export async function listTutors(ctx: Context, person: Person): Promise<Participant[]> {
  const rows = await asPerson(ctx.db, { personId: person.id }, people.listTutors);
  return rows.map((row) => ({ id: row.id, name: row.name, timeZone: row.time_zone }));
}
