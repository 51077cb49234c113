/** Reminds people of lessons a day and an hour before, as each has chosen, and once each. */
import { asService } from "#lib/platform/db.ts";
import { ROUND_SECONDS } from "#lib/platform/patience.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import { insertReminder, lessonsToRemindOf } from "#lib/records/reminders/queries.ts";
import {
  isNews,
  type ReminderKind,
  reminderKinds,
  startsDue,
} from "#lib/records/reminders/rules.ts";
import { sessionsByIds } from "#lib/records/sessions/queries.ts";
import { isOpen } from "#lib/records/sessions/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { oneByOne } from "#lib/services/verb/oneByOne.ts";
import { pairOf, studentsMail, tutorsMail } from "./recipients.ts";
import { mailReminder } from "./remindPeople/reminderMail.ts";

/**
 * Idempotent, also in two processes. A worker that was away for long sends no reminder that comes too late.
 */
export async function remindPeople(ctx: Context): Promise<void> {
  for (const kind of reminderKinds) {
    const due = await asService(ctx.db, (trx) =>
      lessonsToRemindOf(trx, kind, startsDue(kind, ctx.clock())),
    );
    const lessons = due.filter((lesson) => !isNews(kind, lesson));
    const nameOf = (lesson: { id: string }) => `${kind} ${lesson.id}`;
    const round = { what: "a reminder", nameOf, seconds: ROUND_SECONDS };
    await oneByOne(ctx, lessons, round, (lesson) => remind(ctx, kind, lesson));
  }
}

function remind(ctx: Context, kind: ReminderKind, lesson: { id: string; tutor_id: string }) {
  return asService(ctx.db, async (trx) => {
    // The lock lets a reschedule or cancellation happen before or after this, but not in between.
    await lockTutor(trx, lesson.tutor_id);
    const now = ctx.clock();
    const [session] = await sessionsByIds(trx, [lesson.id]);
    const { from, to } = startsDue(kind, now);
    if (!session || !isOpen(session.status) || isNews(kind, session)) return;
    if (session.scheduled_start_at <= from || session.scheduled_start_at > to) return;
    const row = { session_id: session.id, kind, revision: session.revision, created_at: now };
    if (!(await insertReminder(trx, row))) return;
    const wanted = `remind_${kind}` as const;
    for (const reader of [
      ...(await studentsMail(ctx, trx, pairOf(session), wanted)),
      ...(await tutorsMail(ctx, trx, session.tutor_id, wanted)),
    ]) {
      await mailReminder(ctx, trx, kind, reader, session);
    }
  });
}
