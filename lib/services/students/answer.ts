import { answerQuestion, type QuestionView } from "#lib/services/asking/answer.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { claimAgreed } from "./claimLessons.ts";
import { sendFirstLinks } from "./firstLinks.ts";

/**
 * The mailbox's owner answers. Who says yes is sent their links at once, since nothing went there before; lessons of somebody
 * who has an account with this address stand in it from then on.
 * @throws Refusal `invalid_input` without an answer, `not_found`, `too_many`
 */
export const answerAsk = (ctx: Context, token: string, body: unknown): Promise<QuestionView> =>
  answerQuestion(ctx, token, body, async (trx, asks) => {
    for (const { asker_id: askerId, kind, student_id: studentId } of asks) {
      await sendFirstLinks(ctx, trx, { askerId, kind, studentId });
    }
    for (const ask of asks) await claimAgreed(ctx, trx, ask);
  });
