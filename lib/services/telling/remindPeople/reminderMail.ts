import type { Trx } from "#lib/platform/db.ts";
import { dayOf, daysBetween, startOfDay } from "#lib/platform/localTime.ts";
import { wordsFor } from "#lib/platform/words.ts";
import type { ReminderKind } from "#lib/records/reminders/rules.ts";
import type { SessionWithPeople } from "#lib/records/sessions/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { ofLessons } from "../letter/about.ts";
import { calendarEntry } from "../letter/calendarEntry.ts";
import { longTime, post } from "../letter/letter.ts";
import { quoted } from "../letter/quoted.ts";
import type { Recipient } from "../recipients.ts";

export async function mailReminder(
  ctx: Context,
  trx: Trx,
  kind: ReminderKind,
  to: Recipient,
  session: SessionWithPeople,
) {
  const words = wordsFor(to.language, "mails.reminder");
  const dayThere = (at: Date) => dayOf(at.toISOString(), to.timeZone);
  // Days are counted by the reader's calendar.
  const isTomorrow = daysBetween(dayThere(ctx.clock()), dayThere(session.scheduled_start_at)) === 1;
  const named = {
    subject: quoted(to.language, session.subject),
    time: longTime(session.scheduled_start_at, to),
    other: quoted(to.language, to.side === "tutor" ? session.student_name : session.tutor_name),
  };
  const saysTomorrow = isTomorrow && kind === "day";
  await post(ctx, trx, {
    to,
    about: {
      ...ofLessons("reminder", to, [session]),
      validUntil: saysTomorrow
        ? new Date(startOfDay(dayThere(session.scheduled_start_at), to.timeZone))
        : session.scheduled_start_at,
    },
    // The reminder for a day before may leave on the lesson's own day: after a pause of the worker, or when
    // clocks change.
    subject: words(saysTomorrow ? "day.subject" : "hour.subject", named),
    paragraphs: [
      words(`${kind}.text`, named),
      words("opens", { minutes: ctx.config.joinOpensMinutesBefore }),
    ],
    button: {
      label: wordsFor(to.language, "mails")("join"),
      url: to.linkOf(session.id),
    },
    // Of a series, mail programs took one entry or none. Of the lessons of the next day each has an entry of its own.
    calendar: kind === "day" ? await calendarEntry(ctx, trx, to, [session]) : null,
  });
}
