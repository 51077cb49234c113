/**
 * The cookie of a sign-in, its names and attributes. Under https its name begins with `__Host-`, so that no
 * other host of the domain can set one for us. On plain http it has neither that name nor Secure: Safari
 * stores no Secure cookie there, not even on localhost.
 *
 * Earlier versions used another name under https. A browser that still sends that one is given the new one
 * with the same value, and the old one is removed. That has an end: any host of the domain can set the old one,
 * and so sign somebody in as somebody else, for as long as we take it.
 */
import type { BetterAuthAdvancedOptions } from "better-auth";
import type { Context } from "#lib/services/verb/context.ts";

const PREFIX = "better-auth";
const COOKIE = "session_token";
export const SIGNED_IN_DAYS = 30;
const attributes = { httpOnly: true, sameSite: "lax", path: "/" } as const;

const isHttps = (appUrl: string): boolean => appUrl.startsWith("https://");

/** What the library needs to know. It would turn a prefix of its own making into `__Secure-__Host-…`. */
export const cookies = (appUrl: string) =>
  ({
    useSecureCookies: false,
    cookiePrefix: isHttps(appUrl) ? `__Host-${PREFIX}` : PREFIX,
    defaultCookieAttributes: { ...attributes, secure: isHttps(appUrl) },
  }) satisfies BetterAuthAdvancedOptions;

const present = `__Host-${PREFIX}.${COOKIE}`;
const former = `__Secure-${PREFIX}.${COOKIE}`;
/** Two months after the name changed. Whoever upgrades later, and was signed in, signs in once more. */
const FORMER_UNTIL = Date.parse("2027-02-01T00:00:00Z");
const ending = `Path=/; HttpOnly; Secure; SameSite=Lax`;

interface Renamed {
  /** The `Cookie` header to read the request by. */
  cookie: string;
  /** The `Set-Cookie` headers of every answer to it. */
  answer: string[];
}

/**
 * @param isSigningIn whether the request is one of sign-in's own, whose answer sets the cookie or clears it
 * @returns null for a request without a cookie of the former name
 */
export function renamed(
  { config, clock }: Pick<Context, "config" | "clock">,
  cookie: string | null,
  isSigningIn: boolean,
): Renamed | null {
  if (!isHttps(config.appUrl) || cookie === null) return null;
  const all = cookie.split(/; */).map((pair) => ({ name: pair.split("=", 1)[0] ?? "", pair }));
  const old = all.find(({ name }) => name === former);
  if (!old) return null;
  const clear = `${former}=; Max-Age=0; ${ending}`;
  const others = all.filter(({ name }) => name !== former).map(({ pair }) => pair);
  const isLate = clock().getTime() >= FORMER_UNTIL;
  if (isLate || all.some(({ name }) => name === present)) {
    return { cookie: others.join("; "), answer: [clear] };
  }
  const value = old.pair.slice(former.length + 1);
  const set = `${present}=${value}; Max-Age=${SIGNED_IN_DAYS * 86_400}; ${ending}`;
  return {
    cookie: [...others, `${present}=${value}`].join("; "),
    answer: isSigningIn ? [clear] : [set, clear],
  };
}
