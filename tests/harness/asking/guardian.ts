/** A guardian answers as their mailbox would: by the link in the newest mail to it. */

import { answerAsk } from "#lib/services/students/answer.ts";
import { updatePreferences } from "#lib/services/telling/preferences.ts";
import type { Person } from "#lib/services/verb/context.ts";
import type { Segue } from "../segue.ts";

export const tokenIn = (text: string): string => /\/asked\/([a-z2-7]+)/.exec(text)?.[1] ?? "";

/** The tokens in all mails to this address that are still in the outbox, the newest first, also at one instant. */
export async function tokensTo(segue: Segue, email: string): Promise<string[]> {
  const mails =
    await segue.rows(`select t.text_body from mails m join private.mail_texts t on t.mail_id = m.id
    where t.to_email = '${email}' and status = 'queued' order by m.created_at desc, m.ctid desc`);
  return mails.map((mail) => tokenIn(String(mail.text_body)));
}

export async function answerAt(segue: Segue, email: string, answer: "yes" | "never") {
  const [token = ""] = await tokensTo(segue, email);
  return answerAsk(segue.ctx, token, { answer });
}

/** A student's guardian who has agreed. */
export async function agreedGuardian(segue: Segue, student: Person, email: string): Promise<void> {
  await updatePreferences(segue.ctx, student, { guardianEmail: email });
  await answerAt(segue, email, "yes");
}
