/** What every request passes first: no changes on behalf of another site, and headers that browsers obey. */
import { type NextRequest, NextResponse } from "next/server";
import { isLoopback } from "#lib/platform/config.ts";
import { CLIENT_HEADER, PATH_HEADER } from "./headers.ts";
import { runtime } from "./runtime.ts";

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
  headers.set(CLIENT_HEADER, clientOf(request));
  const response = NextResponse.next({ request: { headers } });
  for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
  return response;
}

/** Programs send neither header; browsers send at least one with every unsafe method. */
function isForeign(request: NextRequest): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site && site !== "same-origin" && site !== "none") return true;
  const origin = request.headers.get("origin");
  return origin !== null && !isOwn(origin);
}

/** Against the configured address: `Host` is what a proxy or a rebound name makes of it. */
function isOwn(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { appUrl } = runtime().ctx.config;
  const [theirs, own] = [new URL(origin), new URL(appUrl)];
  if (theirs.origin === own.origin) return true;
  // localhost and 127.0.0.1 are the same machine under two names.
  return isLoopback(theirs) && isLoopback(own) && theirs.port === own.port;
}

/**
 * The address to count tries by: what the nearest proxy saw. Of several values the last is the one
 * that a client can't have written itself.
 */
const clientOf = (request: NextRequest): string =>
  request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() || "unknown";

const securityHeaders = {
  "content-security-policy":
    "frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'self'",
  "referrer-policy": "strict-origin-when-cross-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};
