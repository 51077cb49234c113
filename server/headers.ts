/**
 * What the edge agrees on. Our own request headers: the gate sets them and overwrites any values that come from
 * outside.
 */

/** Gives pages their own URL, which Next doesn't. */
export const PATH_HEADER = "x-segue-path";

/** The address of the connection that the request came in by. */
export const SOCKET_HEADER = "x-segue-socket";

/** The client whose tries are counted. */
export const CLIENT_HEADER = "x-segue-client";

/** What this page's scripts and styles must carry to be allowed. */
export const NONCE_HEADER = "x-segue-nonce";

/** Everything of sign-in lies below this path. */
export const ACCOUNT_PATH = "/api/account";

/** Nothing that Segue receives is nearly this large. A larger body is an attempt to fill our memory. */
export const MAX_BODY_BYTES = 256 * 1024;

/** For a request that is passed on with another body than it came with. */
export function forAnotherBody(of: Headers): Headers {
  const headers = new Headers(of);
  for (const name of ["content-length", "transfer-encoding"]) headers.delete(name);
  return headers;
}
