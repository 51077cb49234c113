/** How an ask stands: for its asker, and for whoever is about to mail. */
import { z } from "zod";
import type { Trx } from "#lib/platform/db.ts";
import { currentAsk } from "#lib/records/asking/queries/asks.ts";
import { mailboxByHash } from "#lib/records/asking/queries/mailboxes.ts";
import {
  type Ask,
  type AskOf,
  askAgainAt,
  type Standing,
  standingOf,
} from "#lib/records/asking/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";
import type { Question } from "./answerLink.ts";
import { hashOfMailbox, isMailboxKeyAtHand } from "./mailboxHash.ts";

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

export async function standingNow(
  ctx: Pick<Context, "config" | "log">,
  trx: Trx,
  ask: Ask,
): Promise<Standing> {
  if (ask.mailbox === null) return "cannot";
  if (!(await isMailboxKeyAtHand(ctx, trx))) {
    // A "never" can't be looked up, so nobody may be mailed; lessons have to go on all the same.
    ctx.log.error(
      { askId: ask.id },
      "TOKEN_ENCRYPTION_KEYS lacks the key that opens the mailboxes",
    );
    return "cannot";
  }
  const hash = await hashOfMailbox(ctx, trx, ask.mailbox);
  return standingOf(ask, await mailboxByHash(trx, hash));
}

/** What the asker is shown; null where nobody is asked. Never who else asked, nor what they were answered. */
export async function standingFor(
  ctx: Pick<Context, "config" | "log">,
  trx: Trx,
  of: AskOf,
): Promise<{ email: string; view: StandingView } | null> {
  const ask = await currentAsk(trx, of);
  if (!ask || ask.email === null) return null;
  const state = await standingNow(ctx, trx, ask);
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
export async function agreedAddress(
  ctx: Pick<Context, "config" | "log">,
  trx: Trx,
  of: AskOf,
): Promise<Question | null> {
  const ask = await currentAsk(trx, of);
  if (!ask || ask.email === null || ask.mailbox === null) return null;
  if ((await standingNow(ctx, trx, ask)) !== "agreed") return null;
  const mailboxHash = await hashOfMailbox(ctx, trx, ask.mailbox);
  return { email: ask.email, askId: ask.id, mailboxHash };
}
