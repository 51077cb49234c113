/** Asks the addresses that a tutor gave for a student. */
import type { Trx } from "#lib/platform/db.ts";
import { askAgain, askInstead } from "#lib/services/asking/ask.ts";
import { agreedAddress } from "#lib/services/asking/standing.ts";
import { mailQuestion } from "#lib/services/telling/questionMail.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { hasAgreed } from "./agreed.ts";

export type TutorsAsk = "student" | "tutors_guardian";

interface Wish {
  studentId: string;
  kind: TutorsAsk;
  email: string | null;
}

/**
 * Makes this the one address. Call it under `lockAsks`.
 * @returns who the student is then
 * @throws Refusal `too_many`
 */
export async function askFor(ctx: Context, trx: Trx, tutor: Person, wish: Wish): Promise<string> {
  const of = { askerId: tutor.id, kind: wish.kind, studentId: wish.studentId };
  const before = await agreedAddress(ctx, trx, of);
  const question = await askInstead(ctx, trx, { ...of, email: wish.email });
  if (question) await mailQuestion(ctx, trx, tutor, wish.kind, question);
  // Asked about another student of this tutor, the mailbox has agreed already.
  const agreed = await agreedAddress(ctx, trx, of);
  if (!agreed || agreed.askId === before?.askId) return wish.studentId;
  return hasAgreed(ctx, trx, { ...of, email: agreed.email });
}

/** @throws Refusal `wrong_state` where nobody is to be asked, `too_many` before its time */
export async function askOnceMore(
  ctx: Context,
  trx: Trx,
  tutor: Person,
  { studentId, kind }: Omit<Wish, "email">,
): Promise<void> {
  const question = await askAgain(ctx, trx, { askerId: tutor.id, kind, studentId });
  if (question) await mailQuestion(ctx, trx, tutor, kind, question);
}
