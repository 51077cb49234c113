/** Where anything can be changed. Everything else, pages and files alike, only shows. */

/**
 * Sign-in doesn't matter on these paths: a signature, or the secret in a mailed address, shows who sends. A
 * mail program may well be a page of another site.
 */
const signed = /^\/(api\/webhooks\/zoom|asked\/[^/]+\/never)$/;

export const isSigned = (pathname: string): boolean => signed.test(pathname);

export const isWritable = (pathname: string): boolean =>
  pathname.startsWith("/api/") || isSigned(pathname);
