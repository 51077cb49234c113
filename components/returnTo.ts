const HERE = "http://here.invalid";

/** More often than any proxy and router in a row decode a path. What is still encoded then leads nowhere. */
const MOST_DECODINGS = 5;

/**
 * Where to go after sign-in: a page of this site, or `fallback`. Browsers take `//host`, `/\host` and
 * `/<tab>/host` for another site, so the value is parsed as a browser does and must stay on this site. Nor does
 * it lead to `/api/`: what happens there is for the page to ask for, when somebody presses something.
 */
export function returnTo(value: unknown, fallback = "/"): string {
  if (typeof value !== "string" || !value.startsWith("/") || value.startsWith("//"))
    return fallback;
  if (/[\\\p{Cc}]/u.test(value) || !URL.canParse(value, HERE)) return fallback;
  const url = new URL(value, HERE);
  return isPage(url) ? `${url.pathname}${url.search}${url.hash}` : fallback;
}

/** The path is read in each form that it may have once a proxy or a router has decoded it again. */
function isPage(url: URL): boolean {
  let at = url;
  for (let decodings = 0; decodings <= MOST_DECODINGS; decodings++) {
    if (at.origin !== HERE || /^\/(?:\/|api(?:\/|$))/i.test(at.pathname)) return false;
    const decoded = decode(at.pathname);
    if (decoded === null || /[\\\p{Cc}]/u.test(decoded)) return false;
    if (decoded.startsWith("//") || !URL.canParse(decoded, HERE)) return false;
    const next = new URL(decoded, HERE);
    if (next.href === at.href) return true;
    at = next;
  }
  return false;
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/** The sign-in page's address with a way back to the current page. */
export const withReturn = (page: string, value: string): string =>
  value === "/" ? page : `${page}?returnTo=${encodeURIComponent(value)}`;
