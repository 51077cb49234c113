/** The parts of a mail. */
import type { CalendarMethod } from "#lib/services/telling/lessonCalendar.ts";
import type { Recipient } from "#lib/services/telling/recipients.ts";

export interface Button {
  label: string;
  url: string;
}

export interface Letter {
  to: Pick<Recipient, "email" | "name" | "language" | "copyOf">;
  subject: string;
  paragraphs: string[];
  lessons?: { title: string; time: string; button: Button }[];
  /** Stands after the lessons. */
  closing?: string | null;
  button?: Button;
  calendar?: { method: CalendarMethod; body: string } | null;
  /** The mail is about the account itself, so nobody can switch it off. */
  isNeeded?: boolean;
}

/** A letter with the words that every letter begins and ends with. */
export interface WholeLetter extends Letter {
  greeting: string;
  footer: string[];
  settingsUrl: string;
}
