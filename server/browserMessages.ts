import type { Messages } from "#lib/platform/words.ts";

/** Namespaces that only `wordsFor` reads: the browser needn't load them with every page. */
export const SERVER_ONLY: readonly string[] = ["away", "language", "mails", "refusals"];

const without = (messages: Messages, left: readonly string[]): Partial<Messages> =>
  Object.fromEntries(Object.entries(messages).filter(([name]) => !left.includes(name)));

/** For every page but those below /support. */
export const browserMessages = (messages: Messages) =>
  without(messages, [...SERVER_ONLY, "support"]);

export const supportMessages = (messages: Messages) => without(messages, SERVER_ONLY);
