/** What every request passes first: no changes on behalf of another site, and headers that browsers obey. */
import { type NextRequest, NextResponse } from "next/server";

/** Tells pages their own address, which Next doesn't. */
export const PATH_HEADER = "x-segue-path";

const safe = new Set(["GET", "HEAD", "OPTIONS"]);

export function gate(request: NextRequest): NextResponse {
  if (!safe.has(request.method) && isForeign(request)) {
    return new NextResponse(
      JSON.stringify({
        type: "urn:segue:problem:foreign_origin",
        title: "Forbidden",
        status: 403,
        detail: "This request comes from another site.",
        code: "foreign_origin",
      }),
      { status: 403, headers: { "content-type": "application/problem+json" } },
    );
  }
  const headers = new Headers(request.headers);
  headers.set(PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
  return response;
}

/** Programs send neither header; browsers send at least one with every unsafe method. */
function isForeign(request: NextRequest): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site && site !== "same-origin" && site !== "none") return true;
  const origin = request.headers.get("origin");
  if (!origin) return false;
  return !URL.canParse(origin) || new URL(origin).host !== request.headers.get("host");
}

const securityHeaders = {
  "content-security-policy":
    "frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'self'",
  "referrer-policy": "strict-origin-when-cross-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};
