/** Where anything can be changed. Everything else, pages and files alike, only shows. */

/**
 * Sign-in doesn't matter on these paths: a signature, or the secret in a mailed address, shows who sends. A
 * mail program may well be a page of another site.
 */
const signed = /^\/(api\/webhooks\/zoom|asked\/[^/]+\/never)$/;

/** What a page of ours asks for by a personal link, so another site may not. */
const fromDoors = /^\/j\/[^/]+\/(enter|send|ask|withdraw)$/;

export const isSigned = (pathname: string): boolean => signed.test(pathname);

export const isWritable = (pathname: string): boolean =>
  pathname.startsWith("/api/") || fromDoors.test(pathname) || isSigned(pathname);
