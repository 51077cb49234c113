/**
 * What a page's link to a provider's consent carries: proof that a page of ours was shown to this sign-in within
 * the last ten minutes. It serves browsers that don't say where a request comes from. It is signed rather than
 * stored, so showing a page writes nothing and fetching one in advance uses nothing up.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { addMinutes } from "#lib/platform/clock.ts";
import type { Context } from "#lib/services/verb/context.ts";

const LIVES_MINUTES = 10;

export function beginNonce(ctx: Context, browserSessionId: string): string {
  const until = addMinutes(ctx.clock(), LIVES_MINUTES).getTime().toString(36);
  return `${until}.${signature(ctx, browserSessionId, until)}`;
}

export function isBeginNonce(ctx: Context, browserSessionId: string, nonce: string): boolean {
  const [until = "", signed = ""] = nonce.split(".");
  const expected = Buffer.from(signature(ctx, browserSessionId, until));
  const given = Buffer.from(signed);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  return Number.parseInt(until, 36) > ctx.clock().getTime();
}

/** The secret signs cookies too, so what is signed here says what it is for. */
const signature = (ctx: Context, browserSessionId: string, until: string): string =>
  createHmac("sha256", ctx.config.authSecret)
    .update(`begin a consent\n${browserSessionId}\n${until}`)
    .digest("base64url");
