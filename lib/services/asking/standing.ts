/** How an ask stands: for its asker, and for whoever is about to mail. */
import { z } from "zod";
import type { Trx } from "#lib/platform/db.ts";
import { currentAsk, currentAsksOf } from "#lib/records/asking/queries/asks.ts";
import { mailboxesByHash } from "#lib/records/asking/queries/mailboxes.ts";
import {
  type Ask,
  type AskOf,
  askAgainAt,
  type Standing,
  standingOf,
} from "#lib/records/asking/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";
import type { Question } from "./answerLink.ts";
import { hashOfMailbox, isMailboxKeyAtHand, mailboxHasher } from "./mailboxHash.ts";

export const standingView = z.object({
  state: z
    .enum(["asked", "agreed", "cannot"])
    .describe("cannot: the address can't be asked at present, and gets nothing."),
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
  return ask ? shown(ask, await standingNow(ctx, trx, ask)) : null;
}

/** The same of all that somebody asks, read at once. */
export async function standingsOf(
  ctx: Keys,
  trx: Trx,
  askerId: string,
): Promise<(of: Pick<AskOf, "kind" | "studentId">) => ShownAsk | null> {
  const asks = await currentAsksOf(trx, askerId);
  const stand = await standingsNow(ctx, trx, asks);
  return ({ kind, studentId }) => {
    const ask = asks.find((one) => one.kind === kind && one.student_id === studentId);
    return ask ? shown(ask, stand(ask)) : null;
  };
}

async function standingsNow(ctx: Keys, trx: Trx, asks: Ask[]): Promise<(ask: Ask) => Standing> {
  const mailboxes = asks.flatMap(({ mailbox }) => mailbox ?? []);
  if (mailboxes.length === 0) return () => "cannot";
  if (!(await isMailboxKeyAtHand(ctx, trx))) {
    // A "never" can't be looked up, so nobody may be mailed; lessons have to go on all the same.
    ctx.log.error("TOKEN_ENCRYPTION_KEYS lacks the key that opens the mailboxes");
    return () => "cannot";
  }
  const hashOf = await mailboxHasher(ctx, trx);
  const rows = await mailboxesByHash(trx, mailboxes.map(hashOf));
  const known = new Map(rows.map((row) => [row.mailbox_hash, row]));
  return (ask) =>
    ask.mailbox === null ? "cannot" : standingOf(ask, known.get(hashOf(ask.mailbox)));
}

function shown(ask: Ask, state: Standing): ShownAsk | null {
  if (ask.email === null) return null;
  return {
    email: ask.email,
    view: {
      state,
      askedAt: ask.asked_at?.toISOString() ?? null,
      askAgainAt: state === "agreed" ? null : askAgainAt(ask).toISOString(),
    },
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
