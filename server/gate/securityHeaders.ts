/**
 * The headers that every answer has. This is the one place where the content security policy is made: a second
 * policy beside it would be intersected with it, and what either leaves out would be blocked.
 */

interface Site {
  /** Whether people reach us by https, so that browsers may be told to insist on it. */
  isHttps: boolean;
  /** Next's development server evaluates code and styles pages in ways that the policy refuses otherwise. */
  isDevelopment?: boolean;
}

const TWO_YEARS_SECONDS = 2 * 365 * 24 * 60 * 60;

/** @param nonce of this one answer's scripts and styles; null for an answer that has none */
export function securityHeaders(
  nonce: string | null,
  { isHttps, isDevelopment = false }: Site,
): Record<string, string> {
  return {
    "content-security-policy": policy(nonce, isDevelopment),
    "referrer-policy": "strict-origin-when-cross-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    ...(isHttps && { "strict-transport-security": `max-age=${TWO_YEARS_SECONDS}` }),
  };
}

/** Shows nothing and does nothing: for Next's files and redirects, and for what is refused. */
const BARE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

function policy(nonce: string | null, isDevelopment: boolean): string {
  if (nonce === null) return BARE;
  const directives: Record<string, string[]> = {
    "default-src": ["'none'"],
    // A browser that knows 'strict-dynamic' ignores 'self': only what carries the nonce runs, and what that loads.
    "script-src": ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'"],
    "style-src": ["'self'", `'nonce-${nonce}'`],
    // The kit sets sizes and colours in style attributes, which can't have a nonce.
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
    "frame-ancestors": ["'none'"],
    // Browsers apply this to where a form's answer redirects, too: so no form may end at a provider.
    "form-action": ["'self'"],
  };
  if (isDevelopment) {
    directives["script-src"]?.push("'unsafe-eval'");
    // A nonce would make browsers ignore 'unsafe-inline', and the overlay for errors has no nonce.
    directives["style-src"] = ["'self'", "'unsafe-inline'"];
    directives["img-src"]?.push("data:", "blob:");
    directives["font-src"]?.push("data:");
    directives["connect-src"]?.push("ws:");
  }
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(" ")}`)
    .join("; ");
}
