import { randomLetters, sha256 } from "#lib/platform/crypto.ts";
import type { Trx } from "#lib/platform/db.ts";
import { insertLink } from "#lib/records/asking/queries/links.ts";
import type { Context } from "#lib/services/verb/context.ts";

/** An address that is to be mailed now, with a link by which it answers. */
export interface Question {
  email: string;
  askId: string;
  mailboxHash: string;
}

export interface AnswerLink {
  token: string;
  /** Shows the question, and takes the answer there. */
  url: string;
  /** For mail programs' own "unsubscribe": a POST is "no, never", a GET leads to the page. */
  neverUrl: string;
}

/** A link of its own for each mail, because only its hash is kept. */
export function newAnswerLink({ config }: Pick<Context, "config">): AnswerLink {
  const token = randomLetters();
  const url = `${config.appUrl}/asked/${token}`;
  return { token, url, neverUrl: `${url}/never` };
}

export const storeAnswerLink = (
  ctx: Context,
  trx: Trx,
  { token }: AnswerLink,
  { askId, mailboxHash, mailId }: Pick<Question, "askId" | "mailboxHash"> & { mailId: string },
) =>
  insertLink(trx, {
    token_hash: sha256(token),
    mailbox_hash: mailboxHash,
    ask_id: askId,
    mail_id: mailId,
    created_at: ctx.clock(),
  });
