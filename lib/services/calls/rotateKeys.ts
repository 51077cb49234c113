/**
 * Every token of a grant under the first key, so that the others can go. Visits to a consent page are
 * left alone: they are over within minutes.
 */
import { asService } from "#lib/platform/db.ts";
import {
  replaceEnvelope,
  type SealedToken,
  sealedTokens,
} from "#lib/records/grants/queries/envelopes.ts";
import type { Context } from "#lib/services/context.ts";
import { reseal } from "./grantTokens.ts";

export interface Rotation {
  resealed: number;
  /** Tokens that none of our keys opens; they were left as they are. */
  unreadable: number;
}

/**
 * Beside running work and refreshes: each token in a transaction of its own, and only while it is the
 * one that was read. Idempotent; comes back when one look has found nothing left to do.
 */
export async function rotateKeys(ctx: Pick<Context, "db" | "config">): Promise<Rotation> {
  const rotation: Rotation = { resealed: 0, unreadable: 0 };
  for (let changed = -1; changed !== 0; rotation.resealed += changed) {
    changed = 0;
    rotation.unreadable = 0;
    for (const token of await asService(ctx.db, sealedTokens)) {
      const outcome = await rotateToken(ctx, token);
      if (outcome === "resealed") changed += 1;
      if (outcome === "unreadable") rotation.unreadable += 1;
    }
  }
  return rotation;
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
