/** The parts of a mail. */
import type { About } from "#lib/records/mails/rules.ts";
import type { CalendarMethod } from "#lib/services/telling/lessonCalendar.ts";
import type { Recipient } from "#lib/services/telling/recipients.ts";

export interface Button {
  label: string;
  url: string;
}

/** Other people's texts come into it only by `quoted`. */
export interface Letter {
  to: Pick<Recipient, "email" | "name" | "language" | "copyOf" | "givenBy" | "ask">;
  about: About;
  subject: string;
  paragraphs: string[];
  lessons?: { title: string; time: string; button: Button }[];
  /** Stands after the lessons. */
  closing?: string | null;
  button?: Button;
  /** Labels of buttons that lead to the page on which the reader answers. */
  answers?: string[];
  calendar?: { method: CalendarMethod; body: string } | null;
  /** The mail is about the account itself or asks for something, so there is nothing to choose about it. */
  isNeeded?: boolean;
}

/** A letter with the words that every letter begins and ends with, each part on one line. */
export interface WholeLetter {
  language: string;
  subject: string;
  greeting: string;
  paragraphs: string[];
  lessons: NonNullable<Letter["lessons"]>;
  closing: string | null;
  buttons: Button[];
  footer: string[];
  /** Our own address in the footer. */
  footerUrl: string;
}
