import { type Insertable, sql } from "kysely";
import type { Notes } from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import { openStatuses } from "#lib/records/sessions/rules.ts";

/**
 * An unseen note about the same lesson keeps where the lesson came from, because the reader last looked
 * before both changes.
 */
export const insertNotes = (trx: Trx, rows: Insertable<Notes>[]) =>
  trx
    .insertInto("notes")
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(["person_id", "session_id", "kind"])
        .where("seen_at", "is", null)
        .doUpdateSet((eb) => ({
          to_provider: eb.ref("excluded.to_provider"),
          created_at: eb.ref("excluded.created_at"),
        })),
    )
    .execute();

/** Drops the unseen notes of lessons that are back where the reader last saw them. */
export const dropNotesThatSayNothing = (trx: Trx, sessionIds: string[]) =>
  trx
    .deleteFrom("notes")
    .where("session_id", "in", sessionIds)
    .where("kind", "=", "moved")
    .where("seen_at", "is", null)
    .whereRef("from_provider", "=", "to_provider")
    .execute();

/**
 * Unseen notes about lessons that are still to come or under way and that are where the note says. A note
 * about a room that a lesson has left counts only while the reader hasn't joined the new room. Row-level
 * security limits the result to the person's own notes. Oldest first.
 */
export const unseenNotes = (q: Queryable, now: Date) =>
  q
    .selectFrom("notes as n")
    .innerJoin("sessions as s", "s.id", "n.session_id")
    .innerJoin("bookings as b", "b.id", "s.booking_id")
    .innerJoin("people as t", "t.id", "s.tutor_id")
    .selectAll("n")
    .select(["s.tutor_id", "t.name as tutor_name", "b.subject", "s.scheduled_start_at"])
    .where("n.seen_at", "is", null)
    .where("s.status", "in", openStatuses)
    .where("s.scheduled_end_at", ">", now)
    .whereRef("n.to_provider", "=", "s.provider")
    .where((eb) =>
      eb.or([
        eb("n.kind", "=", "moved"),
        eb(
          "s.meeting_id",
          "is distinct from",
          eb
            .selectFrom("session_joins as j")
            .select("j.meeting_id")
            .whereRef("j.session_id", "=", "n.session_id")
            .whereRef("j.person_id", "=", "n.person_id")
            .orderBy("j.joined_at", "desc")
            .limit(1),
        ),
      ]),
    )
    .orderBy("n.created_at")
    .orderBy("n.id")
    .execute();

export type NoteRow = Awaited<ReturnType<typeof unseenNotes>>[number];

/** Runs as the signed-in person: whoever can see the note may dismiss it. */
export const noteById = (q: Queryable, id: string) =>
  q.selectFrom("notes").selectAll().where("id", "=", id).executeTakeFirst();

/**
 * Marks all notes that were shown in the same sentence as this one. A note that arrived or changed later
 * stays unseen.
 */
export const markNotesSeen = (trx: Trx, noteId: string, now: Date) =>
  sql`update notes n set seen_at = ${now}
    from notes shown, sessions of_shown, sessions of_n
    where shown.id = ${noteId} and of_shown.id = shown.session_id and of_n.id = n.session_id
      and n.person_id = shown.person_id and n.kind = shown.kind and n.seen_at is null
      and of_n.tutor_id = of_shown.tutor_id
      and n.from_provider is not distinct from shown.from_provider
      and n.to_provider = shown.to_provider
      and n.created_at <= shown.created_at
      and (n.kind = 'moved' or n.id = shown.id)`.execute(trx);
