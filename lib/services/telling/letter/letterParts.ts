/** What a mail consists of. */
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
  /** After the lessons. */
  closing?: string | null;
  button?: Button;
  calendar?: { method: CalendarMethod; body: string } | null;
  /** About the account itself: nobody can choose not to get it. */
  isNeeded?: boolean;
}

/** With the words that every letter begins and ends with. */
export interface WholeLetter extends Letter {
  greeting: string;
  footer: string[];
  settingsUrl: string;
}
