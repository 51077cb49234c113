/** The longest explanation of a provider that is kept with an error, in UTF-16 units. */
export const WORDS_LENGTH = 300;

/**
 * A provider's explanation in a form that may be stored, logged and shown: one line of at most {@link
 * WORDS_LENGTH} characters, without links, tokens or passcodes.
 */
export function providerWords(text: string): string {
  const clean = text
    .replace(/\s+/g, " ")
    .trim()
    // The whole link is removed, not only its query: `start_url` is a secret from the path on.
    .replace(/\b[a-z][a-z0-9+.-]{0,20}:\/\/\S+/gi, "[link]")
    .replace(/\b(Bearer|Basic)\s+\S+/gi, "$1 [hidden]")
    .replace(/\b(pwd|passcode|password|secret|token|zak|tk)\s*[=:]\s*[^\s,;]+/gi, "$1=[hidden]")
    .replace(/[\w~+/=.-]{20,}/g, (run) => (looksSecret(run) ? "[hidden]" : run));
  return cutText(clean, WORDS_LENGTH);
}

/**
 * Tokens, codes and signatures are long unbroken runs. Reasons like `insufficientPermissions` have no digit.
 */
const looksSecret = (run: string) => /\d/.test(run) || run.length >= 40;

/** At most `length` UTF-16 units, and never half of a surrogate pair. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "");
}
