/** The versions of personal links, and the lessons that a token can be about. */
import { sql } from "kysely";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import { withPeople } from "#lib/records/sessions/queries.ts";
import { everySlot, type Slot, slots } from "./rules.ts";

export async function linkVersion(q: Queryable, personId: string, slot: Slot): Promise<number> {
  const row = await q
    .selectFrom("private.link_versions")
    .select("version")
    .where("person_id", "=", personId)
    .where("slot", "=", slots[slot])
    .executeTakeFirst();
  return row?.version ?? 1;
}

/** When the links that the person in this slot was sent ended last; null: never. */
export async function linksRaisedAt(
  q: Queryable,
  personId: string,
  slot: Slot,
): Promise<Date | null> {
  const row = await q
    .selectFrom("private.link_versions")
    .select("raised_at")
    .where("person_id", "=", personId)
    .where("slot", "=", slots[slot])
    .executeTakeFirst();
  return row?.raised_at ?? null;
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

/**
 * The links of one person's lessons go on as another's: the version rises to whatever is higher.
 * @returns those of the slots in which a link that was valid no longer is
 */
export async function joinLinkVersions(
  trx: Trx,
  { from, to, now }: { from: string; to: string; now: Date },
): Promise<Slot[]> {
  const ended: Slot[] = [];
  for (const slot of everySlot) {
    const [old, present] = [await linkVersion(trx, from, slot), await linkVersion(trx, to, slot)];
    if (old === present) continue;
    ended.push(slot);
    if (old < present) continue;
    const row = { person_id: to, slot: slots[slot], version: old, raised_at: now };
    await trx
      .insertInto("private.link_versions")
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(["person_id", "slot"]).doUpdateSet({ version: old, raised_at: now }),
      )
      .execute();
  }
  return ended;
}

/** Nearly always one; several where ids begin alike. */
export const lessonsBetweenIds = (q: Queryable, { from, to }: { from: string; to: string }) =>
  withPeople(q).where("s.id", ">=", from).where("s.id", "<=", to).limit(20).execute();
