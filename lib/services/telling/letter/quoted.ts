import { oneLine } from "#lib/platform/oneLine.ts";
import { wordsFor } from "#lib/platform/words.ts";
import { MESSAGE_LENGTH } from "#lib/records/sessions/rules.ts";

/**
 * What somebody wrote, on one line, without quotation marks that could close ours, and such that no program makes
 * a link of it.
 */
export const harmless = (text: string, most?: number): string =>
  unlinked(text, most).replace(/["“”„‟«»‹›]/g, "'");

/**
 * On one line, and in such a way that mail programs and calendars see no address in it that they would make a link
 * of. After each sign that holds an address together comes a word joiner, which takes no room.
 */
export const unlinked = (text: string, most?: number): string =>
  binding.reduce((said, sign) => said.replace(sign, `$&\u2060`), oneLine(text, most));

const binding = [
  // What browsers take for the dot of a domain (and what looks or normalises like one), also `www.` and `t.me/x`.
  // Between digits it may stay: numbers have it.
  /(?<=\S)[.\u3002\uFF0E\uFF61\u2024\uFE52](?=[^\s\p{N}])/gu,
  // A bare address of a machine: three dots or more between digits.
  /(?<=\p{N})[.\u3002\uFF0E\uFF61\u2024\uFE52](?=\p{N}+[.\u3002\uFF0E\uFF61\u2024\uFE52]\p{N})/gu,
  // A scheme: `mailto:`, `tel:`, `h323:`, whatever the slashes behind it.
  /(?<=\p{L}[\p{L}\p{N}+.-]*)[:\uFF1A](?=\S)/gu,
  /[:\uFF1A](?=[:/\\])/g,
  // A server without a scheme, and the name of a share.
  /\/(?=\/)|\\(?=\\)/g,
  // An address of mail.
  /[@\uFF20\uFE6B](?=\S)/g,
];

/** As it stands in a mail to somebody else. */
export const quoted = (language: string, text: string, most?: number): string =>
  wordsFor(language, "mails")("quote", { text: harmless(text, most) });

/** The paragraph with what somebody wrote, where they wrote anything. */
export const messageFrom = (language: string, by: string, text: string | null): string[] =>
  text === null
    ? []
    : [
        wordsFor(language, "mails")("message", {
          by: quoted(language, by),
          text: quoted(language, text, MESSAGE_LENGTH),
        }),
      ];
