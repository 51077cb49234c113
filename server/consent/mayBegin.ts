/** Whether a request for a provider's consent page comes from somebody who pressed our own link. */
import type { Context } from "#lib/services/verb/context.ts";
import { type SignedIn, whoIs } from "#server/http.ts";
import { isBeginNonce } from "./beginNonce.ts";

/** The query parameter in which our own links carry their nonce (ConnectLink.tsx). */
const NONCE_PARAMETER = "from";

/** Something other than a window asks, such as an image. Older browsers don't say what asks. */
export function isForNoWindow({ headers }: Request): boolean {
  const target = headers.get("sec-fetch-dest");
  return target !== null && target !== "document";
}

/**
 * Any other site can lead somebody's browser here, with their cookie. So only a page of ours may, which browsers
 * report, or a program, whose bearer no page can send along.
 */
export async function mayBegin(
  ctx: Context,
  request: Request,
  { browserSessionId }: SignedIn,
): Promise<boolean> {
  if (await isByBearer(request, browserSessionId)) return true;
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  const nonce = new URL(request.url).searchParams.get(NONCE_PARAMETER) ?? "";
  return isBeginNonce(ctx, browserSessionId, nonce);
}

/** Whether this sign-in is known by its bearer, and not by a cookie beside a header that opens nothing. */
async function isByBearer({ headers }: Request, browserSessionId: string): Promise<boolean> {
  const authorization = headers.get("authorization");
  if (authorization === null) return false;
  const program = await whoIs(new Headers({ authorization }));
  return program?.browserSessionId === browserSessionId;
}
