/**
 * Every request passes here first: changes on behalf of another site are refused, and security headers are
 * set.
 */
import { type NextRequest, NextResponse } from "next/server";
import { isLoopback } from "#lib/platform/config.ts";
import { languageOf } from "#lib/platform/words.ts";
import { Refusal } from "#lib/services/errors.ts";
import { CLIENT_HEADER, PATH_HEADER } from "./headers.ts";
import { problem } from "./problem.ts";
import { runtime } from "./runtime.ts";

const safe = new Set(["GET", "HEAD", "OPTIONS"]);
/**
 * Sign-in doesn't matter on these paths: a signature, or the secret in a mailed address, shows who sends. A
 * mail program may well be a page of another site.
 */
const signed = /^\/(api\/webhooks\/zoom|asked\/[^/]+\/never)$/;

export function gate(request: NextRequest): Response {
  const isSigned = signed.test(request.nextUrl.pathname);
  if (!safe.has(request.method) && !isSigned && isForeign(request)) {
    const language = languageOf(request.headers.get("accept-language"));
    return problem(new Refusal("foreign_origin", "foreignOrigin"), language);
  }
  const headers = new Headers(request.headers);
  headers.set(PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  headers.set(CLIENT_HEADER, clientOf(request));
  const response = NextResponse.next({ request: { headers } });
  for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
  return response;
}

/** Programs send neither header. Browsers send at least one with every unsafe method. */
function isForeign(request: NextRequest): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site && site !== "same-origin" && site !== "none") return true;
  const origin = request.headers.get("origin");
  return origin !== null && !isOwn(origin);
}

/** Compares with the configured URL, because a proxy or a rebound name can change what `Host` says. */
function isOwn(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { appUrl } = runtime().ctx.config;
  const [theirs, own] = [new URL(origin), new URL(appUrl)];
  if (theirs.origin === own.origin) return true;
  // localhost and 127.0.0.1 are two names of the same machine.
  return isLoopback(theirs) && isLoopback(own) && theirs.port === own.port;
}

/**
 * The address that tries are counted by: what the nearest proxy saw. Of several values, only the last can't
 * have been written by the client itself.
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
