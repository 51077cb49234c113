import parse from "icu-minify/compile";
import type { CompiledMessage } from "icu-minify/format";
import type { Messages } from "#lib/platform/words.ts";

/** Namespaces that only `wordsFor` reads, so the browser needn't load them with every page. */
export const SERVER_ONLY: readonly string[] = ["away", "language", "mails", "refusals"];

const texts = new Map<string, CompiledMessage>();

/**
 * Parses each text only once, because a page has hundreds of them. The result is a clone, since only plain
 * objects can be sent to the browser.
 */
export function parsed(text: string): CompiledMessage {
  const known = texts.get(text) ?? structuredClone(parse(text));
  texts.set(text, known);
  return known;
}

const parsedAll = (group: object): object =>
  Object.fromEntries(
    Object.entries(group).map(([name, value]) => [
      name,
      typeof value === "string" ? parsed(value) : parsedAll(value),
    ]),
  );

/** In the form that the browser's formatter needs; see server/language/formatMessage.ts. */
function without(messages: Messages, left: readonly string[]): Partial<Messages> {
  const kept = Object.entries(messages).filter(([name]) => !left.includes(name));
  return parsedAll(Object.fromEntries(kept));
}

/** For every page except those below /support. */
export const browserMessages = (messages: Messages) =>
  without(messages, [...SERVER_ONLY, "support"]);

export const supportMessages = (messages: Messages) => without(messages, SERVER_ONLY);
