import { askById } from "#lib/records/asking/queries/asks.ts";
import { answerQuestion, type QuestionView } from "#lib/services/asking/answer.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { hasAgreed } from "./agreed.ts";

/**
 * The mailbox's owner answers; what follows a yes is in the same transaction.
 * @throws Refusal `invalid_input` without an answer, `not_found`, `too_many`
 */
export const answerAsk = (ctx: Context, token: string, body: unknown): Promise<QuestionView> =>
  answerQuestion(ctx, token, body, async (trx, asks) => {
    for (const { id } of asks) {
      // Read again: what an answer to the ask before brings may have changed whom this one is about.
      const ask = await askById(trx, id);
      if (!ask || ask.email === null) continue;
      const { asker_id: askerId, kind, student_id: studentId, email } = ask;
      await hasAgreed(ctx, trx, { askerId, kind, studentId, email });
    }
  });
