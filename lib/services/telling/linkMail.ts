import type { Trx } from "#lib/platform/db.ts";
import { wordsFor } from "#lib/platform/words.ts";
import type { SessionWithPeople } from "#lib/records/sessions/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { ofLessons } from "./letter/about.ts";
import { calendarEntry } from "./letter/calendarEntry.ts";
import { longTime, post } from "./letter/letter.ts";
import { quoted } from "./letter/quoted.ts";
import type { Recipient } from "./recipients.ts";

/** The reader's own link to a lesson, for whoever has only an old one. */
export async function mailPersonalLink(
  ctx: Context,
  trx: Trx,
  to: Recipient,
  session: SessionWithPeople,
): Promise<void> {
  const words = wordsFor(to.language, "mails.link");
  const named = {
    subject: quoted(to.language, session.subject),
    other: quoted(to.language, to.side === "tutor" ? session.student_name : session.tutor_name),
    time: longTime(session.scheduled_start_at, to),
  };
  await post(ctx, trx, {
    to,
    about: ofLessons("link", to, [session]),
    subject: words("subject", named),
    paragraphs: [words("text", named), wordsFor(to.language, "mails")("sameLink")],
    button: { label: words("button"), url: to.linkOf(session.id) },
    calendar: await calendarEntry(ctx, trx, to, [session]),
  });
}
