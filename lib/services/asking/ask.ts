/**
 * Asks an address, in somebody's name, whether it may be mailed. These verbs decide and record; the mail is
 * the caller's, who writes it in the same transaction.
 */
import type { Trx } from "#lib/platform/db.ts";
import {
  askOfSameMailbox,
  currentAsk,
  hasAgreedTo,
  insertAsk,
  lockAsker,
  reopenAsk,
  triesOf,
  updateAsk,
  updateAsksOfMailbox,
} from "#lib/records/asking/queries/asks.ts";
import { dropMails, moveLinks } from "#lib/records/asking/queries/links.ts";
import {
  forgetNewestQuestion,
  forgetQuestions,
  insertQuestion,
  lockMailbox,
  mailboxByHash,
  questionsTo,
  storeMailbox,
} from "#lib/records/asking/queries/mailboxes.ts";
import {
  type Ask,
  type AskOf,
  askAgainAt,
  countedSince,
  forgotten,
  isBusy,
  mailboxOf,
  mayBeAsked,
} from "#lib/records/asking/rules.ts";
import { raiseLinkVersion } from "#lib/records/doors/queries.ts";
import { readerIn } from "#lib/records/students/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { Refusal, tooMany } from "#lib/services/verb/errors.ts";
import { admitMail } from "./admitMail.ts";
import type { Question } from "./answerLink.ts";
import { hashOfMailbox } from "./mailboxHash.ts";
import { standingNow } from "./standing.ts";

const DAY_SECONDS = 86_400;

interface Wish extends AskOf {
  /** In lower case. Null: nobody, from now on. */
  email: string | null;
}

/**
 * Makes this the one address of its kind. What an earlier address agreed to ends.
 * @returns the question, if its mailbox may be asked at present
 * @throws Refusal `too_many` for somebody who has had many addresses asked
 */
export async function askInstead(ctx: Context, trx: Trx, wish: Wish): Promise<Question | null> {
  const { askerId, kind, studentId, email } = wish;
  await lockAsker(trx, askerId);
  const before = await currentAsk(trx, wish);
  if ((before?.email ?? null) === email) return null;
  const mailbox = email === null ? null : mailboxOf(email);
  await lockMailboxes(ctx, trx, before?.mailbox, mailbox);
  if (before) await endWithLinks(ctx, trx, before);
  if (email === null || mailbox === null) return null;
  const now = ctx.clock();
  if (isBusy(await triesOf(trx, askerId, countedSince(now)), wish)) {
    const field = kind === "student" ? "email" : "guardianEmail";
    throw tooMany("manyAsked", DAY_SECONDS, { field });
  }
  const hash = await hashOfMailbox(ctx, trx, mailbox);
  // A question that has gone there can be answered again.
  const reopened = await reopenAsk(trx, { ...wish, email, mailbox, hash });
  const ask =
    reopened ??
    (await insertAsk(trx, {
      id: ctx.newId(),
      kind,
      asker_id: askerId,
      student_id: studentId,
      email,
      mailbox,
      tried_at: now,
    }));
  const same = await askOfSameMailbox(trx, ask);
  if (!same) return reopened ? null : tryToAsk(ctx, trx, ask);
  // It was asked in this person's name before, and its answer counts for this as well.
  const { tried_at, asked_at, answer, answered_at } = same;
  await updateAsk(trx, ask.id, { tried_at, asked_at, answer, answered_at });
  return null;
}

/** The links that it was sent end with it. A mailbox that never agreed to anything was sent none. */
async function endWithLinks(ctx: Context, trx: Trx, ask: Ask): Promise<void> {
  const { kind, asker_id: askerId, student_id: studentId } = ask;
  const hadLinks = ask.answer !== null || (await hasEverAgreed(ctx, trx, ask));
  await endAsk(ctx, trx, ask);
  if (!hadLinks || !(await hasOwnLinks(trx, { askerId, kind, studentId }))) return;
  const of = { personId: studentId ?? askerId, tutorId: askerId, slot: kind };
  await raiseLinkVersion(trx, of, ctx.clock());
}

async function hasEverAgreed(ctx: Context, trx: Trx, { mailbox }: Ask): Promise<boolean> {
  if (mailbox === null) return false;
  const known = await mailboxByHash(trx, await hashOfMailbox(ctx, trx, mailbox));
  return Boolean(known?.yes_at);
}

/** Whoever has an account has their links by that, whatever becomes of an address that a tutor gave. */
const hasOwnLinks = async (trx: Trx, { kind, askerId, studentId }: AskOf): Promise<boolean> =>
  kind !== "student" ||
  studentId === null ||
  !(await readerIn(trx, { tutorId: askerId, studentId }))?.has_account;

/**
 * Everything that asks of one person wait for, before anything else is locked: their asks, and the mailboxes of all addresses
 * that are asked or no longer asked, in the same order always.
 */
export async function lockAsks(
  ctx: Context,
  trx: Trx,
  askerId: string,
  emails: readonly (string | null | undefined)[],
): Promise<void> {
  await lockAsker(trx, askerId);
  await lockMailboxes(ctx, trx, ...emails.map((email) => (email ? mailboxOf(email) : null)));
}

/**
 * Asks the same address once more.
 * @returns the question, if its mailbox may be asked at present
 * @throws Refusal `wrong_state` where there is nothing to ask, `too_many` before its time
 */
export async function askAgain(ctx: Context, trx: Trx, of: AskOf): Promise<Question | null> {
  await lockAsker(trx, of.askerId);
  await lockMailboxes(ctx, trx, (await currentAsk(trx, of))?.mailbox);
  // Read again, because the answer may have come while this waited for the mailbox.
  const ask = await currentAsk(trx, of);
  if (!ask) throw new Refusal("wrong_state", "nobodyToAsk");
  if ((await standingNow(ctx, trx, ask)) === "agreed") {
    throw new Refusal("wrong_state", "agreedAlready");
  }
  const waitMs = askAgainAt(ask).getTime() - ctx.clock().getTime();
  if (waitMs > 0) throw tooMany("askedLately", Math.ceil(waitMs / 1000));
  return tryToAsk(ctx, trx, ask);
}

/** Always in the same order, so that two of these never wait for each other. */
async function lockMailboxes(ctx: Context, trx: Trx, ...mailboxes: (string | null | undefined)[]) {
  const hashes = new Set<string>();
  for (const mailbox of mailboxes) {
    if (mailbox) hashes.add(await hashOfMailbox(ctx, trx, mailbox));
  }
  for (const hash of [...hashes].sort()) await lockMailbox(trx, hash);
}

const mailFor = ({ kind }: Pick<Ask, "kind">) => (kind === "guardian" ? kind : "invitation");

async function tryToAsk(ctx: Context, trx: Trx, ask: Ask): Promise<Question | null> {
  const { id, email, mailbox } = ask;
  if (email === null || mailbox === null) throw new Error(`The ask ${id} has ended`);
  const now = ctx.clock();
  const hash = await hashOfMailbox(ctx, trx, mailbox);
  await forgetQuestions(trx, hash, countedSince(now));
  const counted = {
    asked: await questionsTo(trx, hash, countedSince(now)),
    hasAgreed: await hasAgreedTo(trx, mailbox),
  };
  const isAsked =
    mayBeAsked(await mailboxByHash(trx, hash), counted) &&
    (await admitMail(ctx, trx, email, mailFor(ask), ask.asker_id)) === null;
  await updateAsksOfMailbox(trx, ask, {
    tried_at: now,
    ...(isAsked && { asked_at: now, answer: null, answered_at: null }),
  });
  if (!isAsked) return null;
  await insertQuestion(trx, { id: ctx.newId(), mailbox_hash: hash, asked_at: now });
  return { email, askId: id, mailboxHash: hash };
}

/**
 * The address is forgotten; that its mailbox agreed to somebody once stays known by its hash. A question that is open is
 * that of what else the asker asks of the same mailbox, if anything.
 */
export async function endAsk(ctx: Context, trx: Trx, ask: Ask): Promise<void> {
  const { id, mailbox, answer, answered_at: answeredAt } = ask;
  const same = answer === null ? await askOfSameMailbox(trx, ask) : undefined;
  await updateAsk(trx, id, { ended_at: ctx.clock(), ...forgotten });
  if (same) return moveLinks(trx, { from: id, to: same.id });
  const dropped = await dropMails(trx, "ask_id", id);
  if (mailbox === null) return;
  const hash = await hashOfMailbox(ctx, trx, mailbox);
  if (answer === "yes") await storeMailbox(trx, hash, { yes_at: answeredAt });
  // The question hasn't gone out, so it doesn't count.
  if (answer === null && dropped > 0) await forgetNewestQuestion(trx, hash);
}
