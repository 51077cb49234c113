import type { Trx } from "#lib/platform/db.ts";
import { wordsFor } from "#lib/platform/words.ts";
import type { AskKind } from "#lib/records/asking/rules.ts";
import type { Question } from "#lib/services/asking/answerLink.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { post } from "./letter/letter.ts";
import { quoted } from "./letter/quoted.ts";

type Asker = Pick<Person, "name" | "language">;

/**
 * The one mail before an address agrees: our words, with nothing of the asker's in it but their name. Both
 * answers lead to the same page, where nothing is chosen yet, because mail filters open links and press what
 * they find.
 */
export async function mailQuestion(
  ctx: Context,
  trx: Trx,
  { name, language }: Asker,
  kind: AskKind,
  { email, ...ask }: Question,
): Promise<void> {
  const words = wordsFor(language, "mails.question");
  const named = { asker: quoted(language, name) };
  await post(ctx, trx, {
    to: { email, name: null, language, copyOf: null, givenBy: null, ask },
    // Whoever takes the question back takes the mail out of the outbox.
    about: { kind: null, personId: null, validUntil: null },
    subject: words(`${kind}.subject`, named),
    paragraphs: [words(`${kind}.text`, named), words("choice", named), words(`${kind}.silence`)],
    answers: [words("yes"), words("never")],
    isNeeded: true,
  });
}
