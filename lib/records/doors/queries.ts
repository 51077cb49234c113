/** The versions of personal links, and the lessons that a token can be about. */
import { sql } from "kysely";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import { withPeople } from "#lib/records/sessions/queries.ts";
import { type Slot, slots } from "./rules.ts";

export async function linkVersion(q: Queryable, personId: string, slot: Slot): Promise<number> {
  const row = await q
    .selectFrom("private.link_versions")
    .select("version")
    .where("person_id", "=", personId)
    .where("slot", "=", slots[slot])
    .executeTakeFirst();
  return row?.version ?? 1;
}

/** Ends the links that the person in this slot was sent so far. */
export const raiseLinkVersion = (
  trx: Trx,
  { personId, slot, now }: { personId: string; slot: Slot; now: Date },
) =>
  trx
    .insertInto("private.link_versions")
    .values({ person_id: personId, slot: slots[slot], version: 2, raised_at: now })
    .onConflict((conflict) =>
      conflict.columns(["person_id", "slot"]).doUpdateSet({
        version: sql`link_versions.version + 1`,
        raised_at: now,
      }),
    )
    .execute();

/** Nearly always one; several where ids begin alike. */
export const lessonsBetweenIds = (q: Queryable, { from, to }: { from: string; to: string }) =>
  withPeople(q).where("s.id", ">=", from).where("s.id", "<=", to).limit(20).execute();
