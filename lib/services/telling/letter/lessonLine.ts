import { wordsFor } from "#lib/platform/words.ts";
import type { SessionWithPeople } from "#lib/records/sessions/queries.ts";
import type { Recipient } from "#lib/services/telling/recipients.ts";
import { longTime } from "./letter.ts";
import type { Letter } from "./letterParts.ts";
import { quoted } from "./quoted.ts";

/**
 * Lessons beyond these are counted and not listed, because nobody reads on. The calendar file has them all.
 */
export const LISTED = 12;

/** A lesson in a mail about several: with whom, when, and its reader's way in. */
export function lessonLine(
  to: Recipient,
  session: SessionWithPeople,
): NonNullable<Letter["lessons"]>[number] {
  const other = to.side === "tutor" ? session.student_name : session.tutor_name;
  return {
    title: wordsFor(to.language, "mails.calendar")("summary", {
      subject: quoted(to.language, session.subject),
      other: quoted(to.language, other),
    }),
    time: longTime(session.scheduled_start_at, to),
    button: {
      label: wordsFor(to.language, "mails")("join"),
      url: to.linkOf(session.id),
    },
  };
}
