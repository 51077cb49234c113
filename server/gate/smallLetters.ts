import type { IncomingMessage } from "node:http";

/**
 * Some mail programs and filters write a whole link in capitals. Its token is read in any case, and its path here.
 * @param request for an address that can be read
 * @returns the same door as we write it; null for anything else
 */
export function inSmallLetters(appUrl: string, { method, url }: IncomingMessage): URL | null {
  if (method !== "GET" && method !== "HEAD") return null;
  const page = new URL(`${new URL(appUrl).origin}${url}`);
  if (!page.pathname.startsWith("/J/")) return null;
  page.pathname = page.pathname.toLowerCase();
  return page;
}
