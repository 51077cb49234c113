/** A mail as people read it, the same in text and HTML: one column, one button per lesson. */

import { dateWords } from "#lib/platform/dateWords.ts";
import type { Trx } from "#lib/platform/db.ts";
import { wordsFor } from "#lib/platform/words.ts";
import { insertMail } from "#lib/records/mails/queries.ts";
import type { Context } from "#lib/services/context.ts";
import type { Recipient } from "#lib/services/telling/recipients.ts";
import { asHtml } from "./letterHtml.ts";
import type { Button, Letter, WholeLetter } from "./letterParts.ts";

/** Puts the mail into the outbox, in the transaction of the change that it reports. */
export async function post(ctx: Context, trx: Trx, letter: Letter): Promise<void> {
  const now = ctx.clock();
  const whole = complete(ctx, letter);
  const mail = {
    id: ctx.newId(),
    calendar_method: letter.calendar?.method ?? null,
    next_attempt_at: now,
    created_at: now,
  };
  await insertMail(trx, mail, {
    to_email: letter.to.email,
    to_name: letter.to.name,
    // A line break would let a name write headers of its own.
    subject: letter.subject.replace(/\s+/g, " "),
    text_body: asText(whole),
    html_body: asHtml(whole),
    calendar_body: letter.calendar?.body ?? null,
  });
  await ctx.nudgeMail(trx);
}

function complete(ctx: Context, letter: Letter): WholeLetter {
  const { name, language, copyOf } = letter.to;
  const words = wordsFor(language, "mails");
  const settingsUrl = `${ctx.config.appUrl}/settings#mails`;
  const why = copyOf ? words("copy", { student: copyOf }) : words("choose", { url: settingsUrl });
  return {
    ...letter,
    settingsUrl,
    greeting: name ? words("hello", { name }) : words("helloUnnamed"),
    footer: letter.isNeeded ? ["Segue"] : [why, "Segue"],
  };
}

/** "Tuesday, 24 November 2026 at 16:00 (Europe/Berlin)", in the reader's time zone. */
export function longTime(at: Date, to: Pick<Recipient, "language" | "timeZone">): string {
  const parts = dateWords(at.toISOString(), to.timeZone, to.language);
  const time = wordsFor(to.language, "time")("long", parts);
  return wordsFor(to.language, "mails")("time", { time, zone: to.timeZone });
}

const asText = ({ greeting, paragraphs, lessons = [], ...letter }: WholeLetter): string =>
  [
    greeting,
    ...paragraphs,
    ...lessons.map(({ title, time, button }) => [title, time, ofButton(button)].join("\n")),
    ...(letter.closing ? [letter.closing] : []),
    ...(letter.button ? [ofButton(letter.button)] : []),
    ...letter.footer,
  ].join("\n\n");

const ofButton = ({ label, url }: Button): string => `${label}: ${url}`;
