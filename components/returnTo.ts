const HERE = "http://here.invalid";

/**
 * Where to go after sign-in: a path of this site, or `fallback`. Browsers take `//host`, `/\host` and
 * `/<tab>/host` for another site, so the value is parsed as a browser does and must stay on this site.
 */
export function returnTo(value: unknown, fallback = "/"): string {
  if (typeof value !== "string" || !value.startsWith("/")) return fallback;
  if (/[\\\p{Cc}]/u.test(value) || value.startsWith("//")) return fallback;
  if (leadsAway(value)) return fallback;
  const url = new URL(value, HERE);
  if (url.origin !== HERE || url.pathname.startsWith("//")) return fallback;
  return `${url.pathname}${url.search}${url.hash}`;
}

/** The path is decoded once more, because a proxy or a router may decode it once more than we did. */
function leadsAway(value: string): boolean {
  const path = value.split(/[?#]/, 1)[0] ?? "";
  return /^\/(?:%2f|%5c|%25)/i.test(path) || /%(?:0[0-9a-f]|1[0-9a-f]|7f)/i.test(path);
}

/** The sign-in page's address with a way back to the current page. */
export const withReturn = (page: string, value: string): string =>
  value === "/" ? page : `${page}?returnTo=${encodeURIComponent(value)}`;
