/** A mail as people read it, in text and HTML alike: one column, one button. */

import { DateTime } from "luxon";
import type { Trx } from "#lib/platform/db.ts";
import { insertMail } from "#lib/records/mails/queries.ts";
import type { Context } from "#lib/services/context.ts";

export interface Letter {
  to: { email: string; name: string };
  subject: string;
  paragraphs: string[];
  button?: { label: string; url: string };
}

/** Puts it into the outbox, in the transaction of what it tells. */
export async function post(ctx: Context, trx: Trx, letter: Letter): Promise<void> {
  const now = ctx.clock();
  await insertMail(trx, {
    id: ctx.newId(),
    to_email: letter.to.email,
    to_name: letter.to.name,
    // A line break would let a name write headers of its own.
    subject: letter.subject.replace(/\s+/g, " "),
    text_body: asText(letter),
    html_body: asHtml(letter),
    next_attempt_at: now,
    created_at: now,
  });
  await ctx.nudgeMail(trx);
}

/** "Tuesday, 24 November 2026 at 16:00 (Europe/Berlin)" */
export const longTime = (at: Date, zone: string): string =>
  `${DateTime.fromJSDate(at, { zone }).setLocale("en-GB").toFormat("cccc, d LLLL yyyy 'at' HH:mm")} (${zone})`;

const asText = ({ to, paragraphs, button }: Letter): string =>
  [
    `Hello ${to.name},`,
    ...paragraphs,
    ...(button ? [`${button.label}: ${button.url}`] : []),
    "Segue",
  ].join("\n\n");

const asHtmlText = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const asHtml = ({ to, paragraphs, button }: Letter): string => {
  const body = [`Hello ${to.name},`, ...paragraphs]
    .map((text) => `<p style="margin:0 0 16px">${asHtmlText(text)}</p>`)
    .join("");
  const link = button
    ? `<p style="margin:24px 0"><a href="${asHtmlText(button.url)}" style="background:#1c5d99;color:#ffffff;padding:12px 20px;border-radius:8px;text-decoration:none;display:inline-block">${asHtmlText(button.label)}</a></p>`
    : "";
  return `<!doctype html><html lang="en"><body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;color:#1a1b1e"><div style="max-width:560px;margin:0 auto">${body}${link}<p style="color:#6b7280;font-size:14px">Segue</p></div></body></html>`;
};
