import { isLoopback } from "#lib/platform/config.ts";

/** Whether both are this machine under two of its names, such as `localhost` and `127.0.0.1`, at one port. */
export const areTwins = (one: URL, other: URL): boolean =>
  isLoopback(one) && isLoopback(other) && one.port === other.port && one.host !== other.host;

/**
 * A browser keeps cookies by name, so whoever signs in at the twin of APP_URL is nobody when a provider leads
 * them back to APP_URL. Other names than loopback's are left alone, because a proxy may have written them.
 * @param host the `Host` of the request
 * @param path with its query
 * @returns the same page at APP_URL, or null where that is where it was asked for
 */
export function atAppUrl(appUrl: string, host: string | null, path: string): URL | null {
  const own = new URL(appUrl);
  const asked = `${own.protocol}//${host}`;
  if (!host || !URL.canParse(asked) || !areTwins(new URL(asked), own)) return null;
  return new URL(`${own.origin}${path}`);
}
