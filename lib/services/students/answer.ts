import type { Trx } from "#lib/platform/db.ts";
import type { Ask } from "#lib/records/asking/rules.ts";
import { lessonsOfStudent } from "#lib/records/sessions/queries.ts";
import { answerQuestion, type QuestionView } from "#lib/services/asking/answer.ts";
import { mailLinksTo } from "#lib/services/telling/renewLinks.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { claimAgreed } from "./claimLessons.ts";

/**
 * The mailbox's owner answers. Who says yes is sent their links at once, since nothing went there before; lessons of somebody
 * who has an account with this address stand in it from then on.
 * @throws Refusal `invalid_input` without an answer, `not_found`, `too_many`
 */
export const answerAsk = (ctx: Context, token: string, body: unknown): Promise<QuestionView> =>
  answerQuestion(ctx, token, body, async (trx, asks) => {
    for (const ask of asks) await sendFirstLinks(ctx, trx, ask);
    for (const ask of asks) await claimAgreed(ctx, trx, ask);
  });

async function sendFirstLinks(ctx: Context, trx: Trx, ask: Ask): Promise<void> {
  const ahead = await lessonsOfStudent(trx, ask.student_id ?? ask.asker_id, ctx.clock());
  const isOf = ask.student_id === null ? () => true : isTutors(ask.asker_id);
  await mailLinksTo(ctx, trx, [ask.kind], ahead.filter(isOf));
}

const isTutors = (tutorId: string) => (lesson: { tutor_id: string }) => lesson.tutor_id === tutorId;
