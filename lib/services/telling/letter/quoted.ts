import { oneLine } from "#lib/platform/oneLine.ts";
import { wordsFor } from "#lib/platform/words.ts";

/**
 * What somebody wrote, on one line, without quotation marks that could close ours, and in such a way that
 * mail programs see no address in it that they would make a link of. The sign in between is a word joiner,
 * which takes no room.
 */
export const harmless = (text: string): string =>
  oneLine(text)
    .replace(/["“”„‟«»‹›]/g, "'")
    .replace(/(?<=[\p{L}\p{N}])\.(?=\p{L})/gu, ".\u2060")
    .replaceAll("://", ":\u2060//");

/** As it stands in a mail to somebody else. */
export const quoted = (language: string, text: string): string =>
  wordsFor(language, "mails")("quote", { text: harmless(text) });
