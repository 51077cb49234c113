import type { Trx } from "#lib/platform/db.ts";
import { wordsFor } from "#lib/platform/words.ts";
import type { Context } from "#lib/services/context.ts";
import { post } from "./letter/letter.ts";
import { accountOf } from "./recipients.ts";

/** The link is valid for one hour and can be used once. */
export async function mailPasswordReset(ctx: Context, trx: Trx, personId: string, url: string) {
  const to = await accountOf(trx, personId);
  const words = wordsFor(to.language, "mails.password");
  await post(ctx, trx, {
    to,
    subject: words("subject"),
    paragraphs: [words("text"), words("ignore")],
    button: { label: words("button"), url },
    isNeeded: true,
  });
}
