import type { Messages } from "#lib/platform/words.ts";

/** Namespaces that only `wordsFor` reads: the browser needn't load them with every page. */
export const SERVER_ONLY: readonly string[] = ["away", "language", "mails", "refusals"];

export function browserMessages(messages: Messages): Partial<Messages> {
  const entries = Object.entries(messages).filter(([name]) => !SERVER_ONLY.includes(name));
  return Object.fromEntries(entries);
}
