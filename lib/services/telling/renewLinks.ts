/** Ends the links that somebody was sent so far. */
import type { Trx } from "#lib/platform/db.ts";
import { raiseLinkVersion } from "#lib/records/doors/queries.ts";
import type { Slot } from "#lib/records/doors/rules.ts";
import { lessonsOfStudent, type SessionWithPeople } from "#lib/records/sessions/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { mailLinks } from "./linkMail.ts";
import { type Recipient, studentsMail } from "./recipients.ts";

/**
 * Of these participants of a student's lessons, who are sent new ones at once, in one mail each. Without a lesson ahead
 * there is no link that opens anything.
 */
export async function renewLinks(
  ctx: Context,
  trx: Trx,
  studentId: string,
  slots: readonly Slot[],
): Promise<void> {
  const now = ctx.clock();
  const lessons = await lessonsOfStudent(trx, studentId, now);
  if (lessons.length === 0) return;
  const tutorIds = new Set(lessons.map((lesson) => lesson.tutor_id));
  for (const slot of slots) {
    for (const tutorId of slot === "tutors_guardian" ? tutorIds : [null]) {
      await raiseLinkVersion(trx, { personId: studentId, tutorId, slot }, now);
    }
  }
  await mailLinksTo(ctx, trx, slots, lessons);
}

/**
 * @param lessons of one student, soonest first
 * @returns how many mails
 */
export async function mailLinksTo(
  ctx: Context,
  trx: Trx,
  slots: readonly Slot[],
  lessons: SessionWithPeople[],
): Promise<number> {
  const letters = new Map<string, { to: Recipient; lessons: SessionWithPeople[] }>();
  const ofTutor = new Map<string, Recipient[]>();
  for (const lesson of lessons) {
    const { tutor_id: tutorId, student_id: studentId } = lesson;
    const readers = ofTutor.get(tutorId) ?? (await studentsMail(ctx, trx, { tutorId, studentId }));
    ofTutor.set(tutorId, readers);
    for (const to of readers) {
      if (to.slot === null || !slots.includes(to.slot)) continue;
      // What is written by one ask goes with it.
      const key = `${to.slot} ${to.email} ${to.ask?.askId}`;
      const letter = letters.get(key) ?? { to, lessons: [] };
      letter.lessons.push(lesson);
      letters.set(key, letter);
    }
  }
  for (const { to, lessons: own } of letters.values()) await mailLinks(ctx, trx, to, own);
  return letters.size;
}
