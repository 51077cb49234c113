/** Mails with people's own links, for whoever has only old ones. */
import type { Trx } from "#lib/platform/db.ts";
import { wordsFor } from "#lib/platform/words.ts";
import { linkVersion } from "#lib/records/doors/queries.ts";
import type { SessionWithPeople } from "#lib/records/sessions/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { ofLessons } from "./letter/about.ts";
import { calendarEntry } from "./letter/calendarEntry.ts";
import { LISTED, lessonLine } from "./letter/lessonLine.ts";
import { post } from "./letter/letter.ts";
import { quoted } from "./letter/quoted.ts";
import type { Recipient } from "./recipients.ts";

/** One mail about all of them, which are given soonest first; none for no lessons. */
export async function mailLinks(
  ctx: Context,
  trx: Trx,
  to: Recipient,
  lessons: SessionWithPeople[],
): Promise<void> {
  const [first] = lessons;
  if (!first) return;
  const words = wordsFor(to.language, "mails.link");
  const named = {
    count: lessons.length,
    subject: quoted(to.language, first.subject),
    student: quoted(to.language, to.copyOf ?? ""),
  };
  const isRenewed = await hadOthers(trx, to);
  const more = Math.max(0, lessons.length - LISTED);
  await post(ctx, trx, {
    to,
    about: ofLessons("link", to, lessons),
    subject: words(to.copyOf === null ? "subject" : "subjectOfCopy", named),
    paragraphs: [
      [words("text", named), ...(isRenewed ? [words("renewed")] : [])].join(" "),
      [words("calendar"), ...(isRenewed ? [words("oldEntry")] : [])].join(" "),
    ],
    lessons: lessons.slice(0, LISTED).map((lesson) => lessonLine(to, lesson)),
    closing: more > 0 ? words("more", { count: more }) : null,
    calendar: await calendarEntry(ctx, trx, to, lessons),
  });
}

/** Whether links that this reader was sent before have ended. */
async function hadOthers(trx: Trx, { personId, tutorId, slot }: Recipient): Promise<boolean> {
  if (personId === null || slot === null) return false;
  return (await linkVersion(trx, { personId, tutorId, slot })).raisedAt !== null;
}
