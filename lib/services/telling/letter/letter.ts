/** A mail as people read it, the same in text and HTML: one column, one button per lesson. */

import { clockFor, dateWords } from "#lib/platform/dateWords.ts";
import type { Trx } from "#lib/platform/db.ts";
import { oneLine } from "#lib/platform/oneLine.ts";
import { wordsFor } from "#lib/platform/words.ts";
import { insertMailLessons } from "#lib/records/mails/queries/about.ts";
import { insertMail } from "#lib/records/mails/queries.ts";
import {
  type AnswerLink,
  newAnswerLink,
  storeAnswerLink,
} from "#lib/services/asking/answerLink.ts";
import type { Recipient } from "#lib/services/telling/recipients.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { asHtml } from "./letterHtml.ts";
import type { Button, Letter, WholeLetter } from "./letterParts.ts";
import { harmless, quoted } from "./quoted.ts";

/** Puts the mail into the outbox, in the transaction of the change that it reports. @returns its id */
export async function post(ctx: Context, trx: Trx, letter: Letter): Promise<string> {
  const now = ctx.clock();
  const { email, name, ask } = letter.to;
  const link = ask && newAnswerLink(ctx);
  const whole = complete(ctx, letter, link);
  const mail = {
    id: ctx.newId(),
    calendar_method: letter.calendar?.method ?? null,
    about: letter.about.kind,
    person_id: letter.about.personId,
    booking_id: letter.about.bookingId ?? null,
    change_request_id: letter.about.changeRequestId ?? null,
    about_provider: letter.about.provider ?? null,
    about_trouble: letter.about.trouble ?? null,
    valid_until: letter.about.validUntil,
    next_attempt_at: now,
    created_at: now,
  };
  await insertMail(trx, mail, {
    to_email: email,
    to_name: letter.isNeeded ? null : name && oneLine(name),
    subject: whole.subject,
    text_body: asText(whole),
    html_body: asHtml(whole),
    calendar_body: letter.calendar?.body ?? null,
    unsubscribe_url: link?.neverUrl ?? null,
    about_email: letter.about.email ?? null,
  });
  const lessons = letter.about.lessons ?? [];
  if (lessons.length > 0) {
    await insertMailLessons(
      trx,
      lessons.map((lesson) => ({ ...lesson, mail_id: mail.id })),
    );
  }
  if (ask && link) await storeAnswerLink(ctx, trx, link, { ...ask, mailId: mail.id });
  await ctx.nudgeMail(trx);
  return mail.id;
}

function complete(ctx: Context, letter: Letter, link: AnswerLink | null): WholeLetter {
  const { name, language, copyOf, givenBy } = letter.to;
  const words = wordsFor(language, "mails");
  const footerUrl = link?.url ?? `${ctx.config.appUrl}/settings#mails`;
  const why = copyOf
    ? words("copy", {
        student: quoted(language, copyOf),
        by: quoted(language, givenBy ?? copyOf),
        url: footerUrl,
      })
    : words("choose", { url: footerUrl });
  // A mail about the account may reach an address whose owner never made one: then the name is a stranger's.
  const greeted = name && !letter.isNeeded ? harmless(name) : null;
  const answers = link ? (letter.answers ?? []) : [];
  return {
    language,
    footerUrl,
    // Whatever got into a sentence, it stays one line. In the subject, a second one could be a header.
    subject: flat(letter.subject),
    greeting: greeted ? words("hello", { name: greeted }) : words("helloUnnamed"),
    paragraphs: letter.paragraphs.map(flat),
    lessons: (letter.lessons ?? []).map((lesson) => ({ ...lesson, title: flat(lesson.title) })),
    closing: letter.closing ? flat(letter.closing) : null,
    buttons: [
      ...(letter.button ? [letter.button] : []),
      ...answers.map((label) => ({ label, url: footerUrl })),
    ],
    footer: letter.isNeeded ? ["Segue"] : [why, "Segue"],
  };
}

const flat = (text: string): string => oneLine(text, Number.POSITIVE_INFINITY);

type Reader = Pick<Recipient, "language" | "timeZone" | "clockHours">;

/** "Tuesday, 24 November 2026 at 16:00 (Europe/Berlin)", in the reader's time zone and on their clock. */
export function longTime(at: Date, to: Reader): string {
  const parts = dateWords(at.toISOString(), to.timeZone, to.language);
  const time = wordsFor(to.language, "time")("long", { ...parts, clock: clockTo(at, to) });
  return wordsFor(to.language, "mails")("time", { time, zone: to.timeZone.name });
}

/** "16:00", or "4:00 pm" */
export function clockTo(at: Date, { language, timeZone: zone, clockHours: hours }: Reader): string {
  return clockFor(at.toISOString(), { zone, hours, words: wordsFor(language, "time") });
}

const asText = ({ greeting, paragraphs, lessons, closing, buttons, footer }: WholeLetter): string =>
  [
    greeting,
    ...paragraphs,
    ...lessons.map(({ title, time, button }) => [title, time, ofButton(button)].join("\n")),
    ...(closing ? [closing] : []),
    ...buttons.map(ofButton),
    ...footer,
  ].join("\n\n");

const ofButton = ({ label, url }: Button): string => `${label}: ${url}`;
