/** The versions of personal links, and the lessons that a token can be about. */
import { sql } from "kysely";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import { withPeople } from "#lib/records/sessions/queries.ts";
import { type Slot, slots } from "./rules.ts";

/** Whose links. */
export interface LinksOf {
  /** The student of the lessons. */
  personId: string;
  /** Of the guardian whom a tutor gave, that tutor. */
  tutorId: string | null;
  slot: Slot;
}

/** `raisedAt`: when the links before ended; null: there were none. */
export async function linkVersion(
  q: Queryable,
  { personId, tutorId, slot }: LinksOf,
): Promise<{ version: number; raisedAt: Date | null }> {
  const row =
    slot === "tutors_guardian"
      ? await q
          .selectFrom("tutor_students")
          .select(["guardian_links as version", "guardian_links_raised_at as raised_at"])
          .where("tutor_id", "=", tutorId)
          .where("student_id", "=", personId)
          .executeTakeFirst()
      : await q
          .selectFrom("private.link_versions")
          .select(["version", "raised_at"])
          .where("person_id", "=", personId)
          .where("slot", "=", slots[slot])
          .executeTakeFirst();
  return { version: row?.version ?? 1, raisedAt: row?.raised_at ?? null };
}

/** Ends the links that were sent so far. */
export async function raiseLinkVersion(
  trx: Trx,
  { personId, tutorId, slot }: LinksOf,
  now: Date,
): Promise<void> {
  if (slot === "tutors_guardian") {
    await trx
      .updateTable("tutor_students")
      .set({ guardian_links: sql`guardian_links + 1`, guardian_links_raised_at: now })
      .where("tutor_id", "=", tutorId)
      .where("student_id", "=", personId)
      .execute();
    return;
  }
  await trx
    .insertInto("private.link_versions")
    .values({ person_id: personId, slot: slots[slot], version: 2, raised_at: now })
    .onConflict((conflict) =>
      conflict.columns(["person_id", "slot"]).doUpdateSet({
        version: sql`link_versions.version + 1`,
        raised_at: now,
      }),
    )
    .execute();
}

/**
 * The student's links of one person's lessons go on as another's: the version rises to whatever is higher.
 * @returns whether links that were valid no longer are
 */
export async function joinLinkVersions(
  trx: Trx,
  { from, to, now }: { from: string; to: string; now: Date },
): Promise<boolean> {
  const versions = await trx
    .selectFrom("private.link_versions")
    .select(["person_id", "version"])
    .where("slot", "=", slots.student)
    .where("person_id", "in", [from, to])
    .execute();
  const of = (id: string) => versions.find((row) => row.person_id === id)?.version ?? 1;
  const [old, present] = [of(from), of(to)];
  // What waits with links that were valid is looked at again before it is sent.
  if (old !== present) {
    const row = { version: Math.max(old, present), raised_at: now };
    await trx
      .insertInto("private.link_versions")
      .values({ person_id: to, slot: slots.student, ...row })
      .onConflict((conflict) => conflict.columns(["person_id", "slot"]).doUpdateSet(row))
      .execute();
  }
  return old !== present;
}

/** Nearly always one; several where ids begin alike. */
export const lessonsBetweenIds = (q: Queryable, { from, to }: { from: string; to: string }) =>
  withPeople(q).where("s.id", ">=", from).where("s.id", "<=", to).limit(20).execute();
