/** Mails about single lessons. */
import type { Trx } from "#lib/platform/db.ts";
import { wordsFor } from "#lib/platform/words.ts";
import { unreadOf } from "#lib/records/mails/queries/about.ts";
import { sessionWithPeople } from "#lib/records/sessions/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { calledOff, ofLessons } from "./letter/about.ts";
import { calendarEntry } from "./letter/calendarEntry.ts";
import { longTime, post } from "./letter/letter.ts";
import { buttonTo } from "./letter/pageButton.ts";
import { quoted } from "./letter/quoted.ts";
import { pairOf, studentsMail, tutorsMail } from "./recipients.ts";

async function read(trx: Trx, sessionId: string) {
  const session = await sessionWithPeople(trx, sessionId);
  if (!session) throw new Error(`There is no lesson ${sessionId}`);
  return session;
}

/**
 * Notifies the other side than the one that cancelled, and always the student's side: our mail put the lesson
 * into its calendar, and only another mail takes it out again.
 */
export async function mailSessionCancelled(
  ctx: Context,
  trx: Trx,
  sessionId: string,
  byPersonId: string,
) {
  const session = await read(trx, sessionId);
  const isTutor = byPersonId === session.tutor_id;
  const told = [
    ...(isTutor ? [] : await tutorsMail(ctx, trx, session.tutor_id)),
    ...(await studentsMail(ctx, trx, pairOf(session))),
  ];
  for (const to of told) {
    const isOwn = !isTutor && to.side === "student" && to.copyOf === null;
    const how = isOwn ? "taken" : "cancelled";
    const words = wordsFor(to.language, "mails.lesson");
    const named = {
      subject: quoted(to.language, session.subject),
      time: longTime(session.scheduled_start_at, to),
      by: quoted(to.language, isTutor ? session.tutor_name : session.student_name),
    };
    await post(ctx, trx, {
      to,
      about: calledOff(to, session.scheduled_end_at),
      subject: words(`${how}.subject`, named),
      paragraphs: [words(`${how}.text`, named)],
      ...buttonTo(ctx, to, "seeLessons"),
      calendar: await calendarEntry(ctx, trx, to, [session]),
    });
  }
}

/** Notifies the student's side, because the tutor moved the lesson. */
export async function mailSessionRescheduled(
  ctx: Context,
  trx: Trx,
  sessionId: string,
  before: Date,
) {
  const session = await read(trx, sessionId);
  for (const to of await studentsMail(ctx, trx, pairOf(session))) {
    const words = wordsFor(to.language, "mails.lesson.rescheduled");
    const [unread] = await unreadOf(trx, {
      kind: "rescheduled",
      email: to.email,
      sessionIds: [session.id],
    });
    const from = unread?.former_start ?? before;
    // It is back where its reader knows it to be.
    if (from.getTime() === session.scheduled_start_at.getTime()) continue;
    const named = {
      subject: quoted(to.language, session.subject),
      tutor: quoted(to.language, session.tutor_name),
      before: longTime(from, to),
      time: longTime(session.scheduled_start_at, to),
    };
    await post(ctx, trx, {
      to,
      about: ofLessons("rescheduled", to, [session], [{ former_start: from }]),
      subject: words("subject", named),
      paragraphs: [words("text", named), wordsFor(to.language, "mails")("sameLink")],
      button: {
        label: words("button"),
        url: to.linkOf(session.id),
      },
      calendar: await calendarEntry(ctx, trx, to, [session]),
    });
  }
}
