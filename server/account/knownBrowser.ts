/**
 * A browser that signed in to an account before isn't slowed down by what others try there. It shows a signed
 * cookie, one for each account. The cookie opens nothing: it only says whose tries these are. A new password
 * voids it.
 */
import { addSeconds } from "#lib/platform/clock.ts";
import { isSame, keyedHash, randomToken } from "#lib/platform/crypto.ts";
import { transaction } from "#lib/platform/db.ts";
import { type Credential, credentialOf } from "#lib/records/people/queries/credentials.ts";
import type { Context } from "#lib/services/verb/context.ts";

/** Browsers keep no cookie for longer. */
const LASTS_SECONDS = 400 * 24 * 3_600;
const NAME = "segue_known";

/** @returns the browser's own id, by which its tries are counted; null for one that isn't known there */
export async function knownBrowser(
  ctx: Context,
  headers: Headers,
  email: string,
): Promise<string | null> {
  if (!headers.get("cookie")?.includes(NAME)) return null;
  const credential = await read(ctx, email);
  const cookie = credential && cookieIn(headers, nameFor(ctx, credential));
  const [id = "", ends = "", signature = ""] = cookie?.split(".") ?? [];
  if (!credential || !cookie || Number(ends) * 1000 <= ctx.clock().getTime()) return null;
  const isOurs = isSame(signature, signed(ctx, credential, id, ends));
  return isOurs ? `${credential.personId} ${id}` : null;
}

/** The `Set-Cookie` that makes a browser known to this account; null where there is no such account. */
export async function makeKnown(ctx: Context, email: string): Promise<string | null> {
  const credential = await read(ctx, email);
  if (!credential) return null;
  const id = randomToken().slice(0, 22);
  const ends = `${Math.floor(addSeconds(ctx.clock(), LASTS_SECONDS).getTime() / 1000)}`;
  const value = [id, ends, signed(ctx, credential, id, ends)].join(".");
  return [
    `${nameFor(ctx, credential)}=${value}`,
    `Max-Age=${LASTS_SECONDS}`,
    "Path=/",
    "HttpOnly",
    "SameSite=Lax",
    ...(isSecure(ctx) ? ["Secure"] : []),
  ].join("; ");
}

const read = (ctx: Context, email: string) =>
  transaction(ctx.db, (trx) => credentialOf(trx, email));

const isSecure = ({ config }: Context): boolean => config.appUrl.startsWith("https://");

/** Several people may share a browser, so each account's cookie has a name of its own. */
function nameFor(ctx: Context, { personId }: Credential): string {
  const own = keyedHash(ctx.config.authSecret, `known browser of ${personId}`).slice(0, 12);
  return `${isSecure(ctx) ? "__Host-" : ""}${NAME}_${own}`;
}

const signed = (ctx: Context, of: Credential, id: string, ends: string): string =>
  keyedHash(ctx.config.authSecret, JSON.stringify(["known browser", of, id, ends]));

function cookieIn(headers: Headers, name: string): string | undefined {
  const pairs = headers.get("cookie")?.split(";") ?? [];
  const found = pairs.find((pair) => pair.trim().startsWith(`${name}=`));
  return found?.trim().slice(name.length + 1);
}
