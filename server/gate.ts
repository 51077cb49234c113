/**
 * Every request passes here first: changes on behalf of another site are refused, and security headers are
 * set, with a nonce of this request's own.
 */
import { type NextRequest, NextResponse } from "next/server";
import { languageOf } from "#lib/platform/words.ts";
import { notFound, Refusal } from "#lib/services/verb/errors.ts";
import { renamed } from "./account/sessionCookie.ts";
import { clientAddress } from "./clientAddress.ts";
import { newShield, type Shield } from "./gate/shield.ts";
import { areTwins } from "./gate/twin.ts";
import { isSigned, isWritable } from "./gate/writable.ts";
import { ACCOUNT_PATH, CLIENT_HEADER, NONCE_HEADER, PATH_HEADER } from "./headers.ts";
import { problem } from "./problem.ts";
import { runtime } from "./runtime.ts";

const POLICY_HEADER = "content-security-policy";
const safe = new Set(["GET", "HEAD", "OPTIONS"]);
/** Next renders this file of its own when nothing else can be shown, always with the scripts of no request. */
const UNSHOWN = "/_global-error";

export function gate(request: NextRequest): Response {
  const shield = newShield();
  const response = refusal(request) ?? passOn(request, shield);
  for (const [name, value] of Object.entries(shield.headers)) response.headers.set(name, value);
  return response;
}

function refusal(request: NextRequest): Response | null {
  const refused = request.nextUrl.pathname === UNSHOWN ? notFound("page") : refusedChange(request);
  return refused && problem(refused, languageOf(request.headers.get("accept-language")));
}

function refusedChange(request: NextRequest): Refusal | null {
  const { pathname } = request.nextUrl;
  if (safe.has(request.method) || isSigned(pathname)) return null;
  if (isForeign(request)) {
    return new Refusal("foreign_origin", "foreignOrigin", { url: runtime().ctx.config.appUrl });
  }
  // Pages only show. Next would look for an action of its own in what is sent to them, and fail with what it finds.
  if (!isWritable(pathname)) return new Refusal("method_not_allowed", "unknownMethod");
  const type = request.headers.get("content-type") ?? "";
  if (request.headers.has("next-action") || /^multipart\//i.test(type)) {
    return new Refusal("invalid_input", "notJson");
  }
  return null;
}

/** Next takes the nonce for its own scripts from the policy, which is why the request gets it, too. */
function passOn(request: NextRequest, { nonce, headers: own }: Shield): Response {
  const headers = new Headers(request.headers);
  headers.set(PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  headers.set(CLIENT_HEADER, clientAddress(request.headers, runtime().ctx.config.trustedProxies));
  headers.set(NONCE_HEADER, nonce);
  headers.set(POLICY_HEADER, own[POLICY_HEADER] ?? "");
  headers.delete(`${POLICY_HEADER}-report-only`);
  const former = formerCookie(request);
  if (former) headers.set("cookie", former.cookie);
  const response = NextResponse.next({ request: { headers } });
  for (const cookie of former?.answer ?? []) response.headers.append("set-cookie", cookie);
  return response;
}

const formerCookie = ({ headers, nextUrl }: NextRequest) =>
  renamed(runtime().ctx, headers.get("cookie"), nextUrl.pathname.startsWith(ACCOUNT_PATH));

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
  return theirs.origin === own.origin || areTwins(theirs, own);
}
