import type { Trx } from "#lib/platform/db.ts";
import { wordsFor } from "#lib/platform/words.ts";
import type { Question } from "#lib/services/asking/answerLink.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { post } from "./letter/letter.ts";
import { quoted } from "./letter/quoted.ts";

/**
 * The one mail before a guardian agrees: our words, with nothing of the asker's in it but their name. Both
 * answers lead to the same page, where nothing is chosen yet, because mail filters open links and press what
 * they find.
 */
export async function mailGuardianQuestion(
  ctx: Context,
  trx: Trx,
  asker: Pick<Person, "name" | "language">,
  { email, ...ask }: Question,
) {
  const { language } = asker;
  const words = wordsFor(language, "mails.guardian");
  const named = { student: quoted(language, asker.name) };
  await post(ctx, trx, {
    to: { email, name: null, language, copyOf: null, ask },
    // Whoever takes the question back takes the mail out of the outbox.
    about: { kind: null, personId: null, validUntil: null },
    subject: words("subject", named),
    paragraphs: [words("text", named), words("choice", named), words("silence")],
    answers: [words("yes"), words("never")],
    isNeeded: true,
  });
}
