/** Whether a request for a provider's consent page comes from somebody who pressed our own link. */
import type { Context } from "#lib/services/verb/context.ts";
import { isBeginNonce } from "./beginNonce.ts";

/** The query parameter in which our own links carry their nonce (ConnectLink.tsx). */
const NONCE_PARAMETER = "from";

/**
 * A browser or our router asks in advance, in case somebody presses the link; or something other than a window
 * asks, such as an image. A fetch in advance says `same-origin` too, so it proves no press.
 */
export function isInAdvance({ method, headers }: Request): boolean {
  const purposes = ["sec-purpose", "purpose", "x-moz"].map((name) => headers.get(name) ?? "");
  const target = headers.get("sec-fetch-dest");
  return (
    method !== "GET" ||
    headers.has("next-router-prefetch") ||
    headers.has("next-router-segment-prefetch") ||
    headers.has("rsc") ||
    purposes.some((purpose) => /prefetch|preview/i.test(purpose)) ||
    (target !== null && target !== "document")
  );
}

/**
 * Any other site can lead somebody's browser here, with their cookie. So only a page of ours may, which browsers
 * report, or a program, whose bearer no page can send along.
 */
export function mayBegin(ctx: Context, request: Request, browserSessionId: string): boolean {
  if (/^bearer /i.test(request.headers.get("authorization") ?? "")) return true;
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  const nonce = new URL(request.url).searchParams.get(NONCE_PARAMETER) ?? "";
  return isBeginNonce(ctx, browserSessionId, nonce);
}
