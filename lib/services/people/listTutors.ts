import { asPerson } from "#lib/platform/db.ts";
import { type Paged, toPaged } from "#lib/platform/paging.ts";
import * as people from "#lib/records/people/queries.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { firstPage } from "#lib/services/verb/page.ts";
import type { Participant } from "./views.ts";

/** Lists all tutors, by name. */
export async function listTutors(
  ctx: Context,
  person: Person,
  page = firstPage,
): Promise<Paged<Participant>> {
  const rows = await asPerson(ctx.db, { personId: person.id }, (trx) =>
    people.listTutors(trx, page),
  );
  const views = rows.map((row) => ({ id: row.id, name: row.name, timeZone: row.time_zone }));
  return toPaged(page, views, ({ name, id }) => ({ by: name, id }));
}
