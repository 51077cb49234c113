/** How an ask stands: for its asker, and for whoever is about to mail. */
import { z } from "zod";
import type { Trx } from "#lib/platform/db.ts";
import { currentAsk, currentAsksOf } from "#lib/records/asking/queries/asks.ts";
import { mailboxesByHash } from "#lib/records/asking/queries/mailboxes.ts";
import {
  type Ask,
  type AskOf,
  askAgainAt,
  type Mailbox,
  type Standing,
  saysNever,
  standingOf,
} from "#lib/records/asking/rules.ts";
import { refusedAmong } from "#lib/records/mails/queries/refused.ts";
import type { Context } from "#lib/services/verb/context.ts";
import type { Question } from "./answerLink.ts";
import { hashOfMailbox, isMailboxKeyAtHand, mailboxHasher } from "./mailboxHash.ts";

export const standingView = z.object({
  state: z
    .enum(["asked", "agreed", "cannot", "unreachable"])
    .describe(
      "cannot: the address can't be asked at present, and gets nothing. unreachable: its mail server refuses what is sent there.",
    ),
  askedAt: z.iso.datetime().nullable().describe("When the question was mailed."),
  askAgainAt: z.iso
    .datetime()
    .nullable()
    .describe("From then on it can be asked again; null once it has agreed."),
});
export type StandingView = z.infer<typeof standingView>;

type Keys = Pick<Context, "config" | "log">;

export const standingNow = async (ctx: Keys, trx: Trx, ask: Ask): Promise<Standing> =>
  (await standingsNow(ctx, trx, [ask]))(ask);

export interface ShownAsk {
  email: string;
  view: StandingView;
}

/** What the asker is shown; null where nobody is asked. Never who else asked, nor what they were answered. */
export async function standingFor(ctx: Keys, trx: Trx, of: AskOf): Promise<ShownAsk | null> {
  const ask = await currentAsk(trx, of);
  return ask ? (await shown(ctx, trx, [ask]))(ask) : null;
}

/** The same of all that somebody asks, read at once. */
export async function standingsOf(
  ctx: Keys,
  trx: Trx,
  askerId: string,
): Promise<(of: Pick<AskOf, "kind" | "studentId">) => ShownAsk | null> {
  const asks = await currentAsksOf(trx, askerId);
  const show = await shown(ctx, trx, asks);
  return ({ kind, studentId }) => {
    const ask = asks.find((one) => one.kind === kind && one.student_id === studentId);
    return ask ? show(ask) : null;
  };
}

export async function standingsNow(
  ctx: Keys,
  trx: Trx,
  asks: Ask[],
): Promise<(ask: Ask) => Standing> {
  const known = await mailboxesOf(ctx, trx, asks);
  return (ask) => (known === null || ask.mailbox === null ? "cannot" : standingOf(ask, known(ask)));
}

/** What each one's mailbox has said. Null while that can't be looked up. */
async function mailboxesOf(
  ctx: Keys,
  trx: Trx,
  asks: Ask[],
): Promise<((ask: Ask) => Mailbox | undefined) | null> {
  const mailboxes = asks.flatMap(({ mailbox }) => mailbox ?? []);
  if (mailboxes.length === 0) return () => undefined;
  if (!(await isMailboxKeyAtHand(ctx, trx))) {
    // A "never" can't be looked up, so nobody may be mailed; lessons have to go on all the same.
    ctx.log.error("TOKEN_ENCRYPTION_KEYS lacks the key that opens the mailboxes");
    return null;
  }
  const hashOf = await mailboxHasher(ctx, trx);
  const rows = await mailboxesByHash(trx, mailboxes.map(hashOf));
  const known = new Map(rows.map((row) => [row.mailbox_hash, row]));
  return ({ mailbox }) => (mailbox === null ? undefined : known.get(hashOf(mailbox)));
}

/**
 * Of which of these asks the mailbox said that it wants nothing: to this asker, or to anybody. While nobody can look that
 * up, of all of them.
 */
export async function refusing(ctx: Keys, trx: Trx, asks: Ask[]): Promise<(ask: Ask) => boolean> {
  const known = await mailboxesOf(ctx, trx, asks);
  return (ask) => {
    if (known === null || ask.answer === "no") return true;
    const mailbox = known(ask);
    return mailbox !== undefined && saysNever(mailbox);
  };
}

async function shown(ctx: Keys, trx: Trx, asks: Ask[]): Promise<(ask: Ask) => ShownAsk | null> {
  const stand = await standingsNow(ctx, trx, asks);
  const refused = await refusedAmong(
    trx,
    asks.flatMap(({ email }) => email ?? []),
  );
  return (ask) => {
    const { email, asked_at: askedAt } = ask;
    if (email === null) return null;
    const state = stand(ask);
    // Of an address that this asker never mailed, a refusal would tell that somebody else did.
    const isUnreachable = refused.has(email) && (askedAt !== null || state === "agreed");
    return {
      email,
      view: {
        state: isUnreachable ? "unreachable" : state,
        askedAt: askedAt?.toISOString() ?? null,
        askAgainAt: state === "agreed" ? null : askAgainAt(ask).toISOString(),
      },
    };
  };
}

/** The address that has agreed to be mailed for this, with what its link is made from. */
export async function agreedAddress(ctx: Keys, trx: Trx, of: AskOf): Promise<Question | null> {
  const ask = await currentAsk(trx, of);
  if (!ask || ask.email === null || ask.mailbox === null) return null;
  if ((await standingNow(ctx, trx, ask)) !== "agreed") return null;
  const mailboxHash = await hashOfMailbox(ctx, trx, ask.mailbox);
  return { email: ask.email, askId: ask.id, mailboxHash };
}
