/**
 * The mailbox's owner answers, by a link that was mailed there. The link is good for nothing else, and goes
 * on leading here for good: whatever became of the ask, "no, never" can be said and taken back.
 */
import { z } from "zod";
import { lettersIn, sha256 } from "#lib/platform/crypto.ts";
import { asService, type Trx } from "#lib/platform/db.ts";
import { oneLine } from "#lib/platform/oneLine.ts";
import {
  askById,
  currentAsksOf,
  lockAsker,
  updateAsksOfMailbox,
} from "#lib/records/asking/queries/asks.ts";
import { type AnswerLink, dropMails, linkByToken } from "#lib/records/asking/queries/links.ts";
import { lockMailbox, mailboxByHash, storeMailbox } from "#lib/records/asking/queries/mailboxes.ts";
import { type Ask, askKinds, isAgreed, saidAfter, saysNever } from "#lib/records/asking/rules.ts";
import { personById } from "#lib/records/people/queries.ts";
import { admit } from "#lib/services/verb/admit.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { notFound } from "#lib/services/verb/errors.ts";
import { parseInput } from "#lib/services/verb/input.ts";

export const answerInput = z.object({ answer: z.enum(["yes", "never"], "needed") });

export const questionView = z.object({
  asker: z.string().nullable().describe("The asker's name; null if their account is gone."),
  kind: z
    .enum(askKinds)
    .describe("What the address would be mailed: copies for a student, or one's own links."),
  holds: z
    .enum(["open", "yes", "never", "ended"])
    .describe("open: there is no answer yet. ended: the asker took the address out."),
});
export type QuestionView = z.infer<typeof questionView>;

/** What the page shows. It writes nothing. @throws Refusal `not_found` for a link that was never mailed */
export const readQuestion = (ctx: Context, token: string): Promise<QuestionView> =>
  asService(ctx.db, async (trx) => viewOf(trx, await readLink(trx, token)));

/**
 * @param agreed what follows a yes, in its transaction
 * @throws Refusal `invalid_input` without an answer, `not_found`, `too_many`
 */
export async function answerQuestion(
  ctx: Context,
  token: string,
  body: unknown,
  agreed: (trx: Trx, asks: Ask[]) => Promise<void>,
): Promise<QuestionView> {
  const { answer } = parseInput(answerInput, body);
  const link = await asService(ctx.db, (trx) => readLink(trx, token));
  return asService(ctx.db, async (trx) => {
    await admit(ctx, trx, "answer", link.token_hash);
    // In the order in which whoever asks takes them.
    const asked = await askOf(trx, link);
    if (asked) await lockAsker(trx, asked.asker_id);
    await lockMailbox(trx, link.mailbox_hash);
    // By now it may be about another ask of the same person's.
    const present = await readLink(trx, token);
    if (answer === "yes") await agreed(trx, await sayYes(ctx, trx, present));
    else await sayNever(ctx, trx, present);
    return viewOf(trx, present);
  });
}

const askOf = async (trx: Trx, { ask_id: id }: AnswerLink): Promise<Ask | undefined> =>
  id ? askById(trx, id) : undefined;

/** A yes to this asker alone; it also takes back a "no, never". @returns the asks that have agreed now and hadn't before */
async function sayYes(ctx: Context, trx: Trx, link: AnswerLink): Promise<Ask[]> {
  const mailbox = await mailboxByHash(trx, link.mailbox_hash);
  const now = saidAfter(mailbox, ctx.clock());
  const isLifted = mailbox !== undefined && saysNever(mailbox);
  const ask = await askOf(trx, link);
  const before = ask ? await currentAsksOf(trx, ask.asker_id) : [];
  const hadAgreed = new Set(before.filter((one) => isAgreed(one, mailbox)).map(({ id }) => id));
  const asks = await answerAll(trx, ask, { answer: "yes", answered_at: now });
  if (!isLifted && asks.length === 0) return [];
  await storeMailbox(trx, link.mailbox_hash, {
    ...(isLifted && { lifted_at: now }),
    ...(asks.length > 0 && { yes_at: now }),
  });
  return asks.filter(({ id }) => !hadAgreed.has(id));
}

/**
 * Whatever else this person asks of the same mailbox is answered with it.
 * @returns those asks
 */
const answerAll = async (
  trx: Trx,
  ask: Ask | undefined,
  answer: Pick<Ask, "answer" | "answered_at">,
): Promise<Ask[]> => (ask && ask.ended_at === null ? updateAsksOfMailbox(trx, ask, answer) : []);

/** Whoever asked, and whoever would: what is still in the outbox for this mailbox isn't sent any more. */
async function sayNever(ctx: Context, trx: Trx, link: AnswerLink): Promise<void> {
  const now = ctx.clock();
  await storeMailbox(trx, link.mailbox_hash, { never_at: now, lifted_at: null });
  await answerAll(trx, await askOf(trx, link), { answer: "no", answered_at: now });
  await dropMails(trx, "mailbox_hash", link.mailbox_hash);
}

/** By the token's hash and nothing else, so that nobody learns here which addresses are known. */
async function readLink(trx: Trx, text: string): Promise<AnswerLink> {
  const token = lettersIn(text);
  const link = token && (await linkByToken(trx, sha256(token)));
  if (!link) throw notFound("question");
  return link;
}

async function viewOf(trx: Trx, link: AnswerLink): Promise<QuestionView> {
  const ask = await askOf(trx, link);
  const asker = ask && (await personById(trx, ask.asker_id));
  const mailbox = await mailboxByHash(trx, link.mailbox_hash);
  const named = { asker: asker ? oneLine(asker.name) : null, kind: ask?.kind ?? "guardian" };
  if (mailbox && saysNever(mailbox)) return { ...named, holds: "never" };
  if (!ask || ask.ended_at) return { ...named, holds: "ended" };
  return { ...named, holds: isAgreed(ask, mailbox) ? "yes" : "open" };
}
