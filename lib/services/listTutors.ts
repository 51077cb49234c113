import { asPerson } from "#lib/platform/db.ts";
import * as people from "#lib/records/people/queries.ts";
import type { Context, Person } from "./context.ts";
import type { TutorView } from "./views.ts";

/** By name. */
export async function listTutors(ctx: Context, person: Person): Promise<TutorView[]> {
  const rows = await asPerson(ctx.db, { personId: person.id }, people.listTutors);
  return rows.map((row) => ({ id: row.id, name: row.name, timeZone: row.time_zone }));
}
