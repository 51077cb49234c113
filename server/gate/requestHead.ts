/** What is refused by method, address and headers alone, because Next would fail at it. */
import type { IncomingMessage } from "node:http";
import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state.js";
import { Refusal } from "#lib/services/verb/errors.ts";
import { isWritable } from "./writable.ts";

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const showing = ["GET", "HEAD"];
/** Where Next's development server is talked to by its own pages. */
const FOR_DEVELOPMENT = /^\/__?next/;

export function refusalOf(
  { method = "", url = "", headers }: IncomingMessage,
  isDevelopment: boolean,
): Refusal | null {
  if (!isReadable(url)) return new Refusal("invalid_input", "unreadableAddress");
  if (!methodsOf(url, isDevelopment).includes(method)) {
    return new Refusal("method_not_allowed", "unknownMethod");
  }
  return isRouterState(headers["next-router-state-tree"])
    ? null
    : new Refusal("invalid_input", "unreadableHeader");
}

/**
 * For an address that can be read. For one of its files Next answers any other method with a page that fails. What
 * it takes for the address of a file it finds out as this does, dots and backslashes included.
 */
export function methodsOf(url: string, isDevelopment: boolean): string[] {
  const { pathname } = new URL(`http://host${url}`);
  const isOpen = isWritable(pathname) || (isDevelopment && FOR_DEVELOPMENT.test(pathname));
  return isOpen ? methods : showing;
}

/** Asks Next itself, because it answers 500 where it can't read this header of its own router. */
function isRouterState(header: string | string[] | undefined): boolean {
  try {
    parseAndValidateFlightRouterState(header);
    return true;
  } catch {
    return false;
  }
}

/** No text of ours holds NUL, and the database takes none, so no address may either, in path or query. */
function isReadable(url: string): boolean {
  if (!url.startsWith("/") || /%00/.test(url)) return false;
  try {
    decodeURIComponent(url.split("?", 1)[0] ?? "");
    return true;
  } catch {
    return false;
  }
}
