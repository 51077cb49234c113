import type { IncomingMessage } from "node:http";
import { isLoopback } from "#lib/platform/config.ts";

/** Programs may ask for data by either name, and a page that is open at the other one may still load its parts. */
const FOR_PROGRAMS = /^\/(api|_next)\//;

/** Whether both are this machine under two of its names, such as `localhost` and `127.0.0.1`, at one port. */
export const areTwins = (one: URL, other: URL): boolean =>
  isLoopback(one) && isLoopback(other) && one.port === other.port && one.host !== other.host;

/**
 * A browser keeps cookies by name, so whoever signs in at the twin of APP_URL is nobody when a provider leads
 * them back to APP_URL. Other names than loopback's are left alone, because a proxy may have written them. Next
 * can't lead there: it takes both names for one, and makes the way to the other a way to where one is.
 * @param request for an address that can be read
 * @returns the same page at APP_URL; null where it was asked for there, or isn't a page that is only shown
 */
export function atAppUrl(appUrl: string, { method, url, headers }: IncomingMessage): URL | null {
  if (method !== "GET" && method !== "HEAD") return null;
  const own = new URL(appUrl);
  const asked = `${own.protocol}//${headers.host}`;
  if (!URL.canParse(asked) || !areTwins(new URL(asked), own)) return null;
  const page = new URL(`${own.origin}${url}`);
  return FOR_PROGRAMS.test(page.pathname) ? null : page;
}
