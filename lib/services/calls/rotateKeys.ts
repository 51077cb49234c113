/**
 * Reseals every token of a grant, and the key of the mailboxes, with the first key, so that the other keys
 * can be removed. Tokens of visits
 * to a consent page are left alone, because such a visit is over within minutes.
 */
import { asService } from "#lib/platform/db.ts";
import {
  replaceEnvelope,
  type SealedToken,
  sealedTokens,
} from "#lib/records/grants/queries/envelopes.ts";
import { resealMailboxKey } from "#lib/services/asking/mailboxHash.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { reseal } from "./grantTokens.ts";

export interface Rotation {
  resealed: number;
  /** Tokens that none of our keys opens. They are left as they are. */
  unreadable: number;
}

/**
 * Runs safely beside other work and refreshes: each token has a transaction of its own and is replaced only
 * while it is still the one that was read. Idempotent; returns when one pass finds nothing left to do.
 */
export async function rotateKeys(ctx: Pick<Context, "db" | "config">): Promise<Rotation> {
  const ofMailboxes = await resealMailboxKey(ctx);
  let { resealed } = ofMailboxes;
  let { unreadable } = ofMailboxes;
  for (let changed = -1; changed !== 0; resealed += changed) {
    changed = 0;
    ({ unreadable } = ofMailboxes);
    for (const token of await asService(ctx.db, sealedTokens)) {
      const outcome = await rotateToken(ctx, token);
      if (outcome === "resealed") changed += 1;
      if (outcome === "unreadable") unreadable += 1;
    }
  }
  return { resealed, unreadable };
}

async function rotateToken(
  ctx: Pick<Context, "db" | "config">,
  token: SealedToken,
): Promise<"resealed" | "unreadable" | "left"> {
  let envelope: string | null;
  try {
    envelope = reseal(ctx, token);
  } catch {
    return "unreadable";
  }
  if (envelope === null) return "left";
  const { sealed: seen } = token;
  const done = await asService(ctx.db, (trx) => replaceEnvelope(trx, token, { seen, envelope }));
  return done ? "resealed" : "left";
}
