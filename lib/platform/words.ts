/**
 * The catalog: every text that people read, in pages and mails alike. One file for each language in
 * `messages/`; another language is another file there, and nothing else.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Negotiator from "negotiator";
import { createTranslator, type NamespaceKeys, type NestedKeyOf } from "use-intl/core";
import type english from "../../messages/en.json";

/** What each language's file must hold; English is the one that the others are measured by. */
export type Messages = typeof english;

declare module "use-intl/core" {
  interface AppConfig {
    Messages: Messages;
  }
}

export const DEFAULT_LANGUAGE = "en";

const FOLDER = "messages";
const catalog = new Map<string, Messages>();

function readCatalog(): Map<string, Messages> {
  if (catalog.size > 0) return catalog;
  for (const file of readdirSync(/* turbopackIgnore: true */ FOLDER).sort()) {
    if (!file.endsWith(".json")) continue;
    const text = readFileSync(join(/* turbopackIgnore: true */ FOLDER, file), "utf8");
    catalog.set(file.slice(0, -".json".length), JSON.parse(text));
  }
  return catalog;
}

export interface Language {
  /** BCP 47. */
  id: string;
  /** In itself: "Deutsch". */
  name: string;
}

export const languages = (): Language[] =>
  [...readCatalog()].map(([id, messages]) => ({ id, name: messages.language.name }));

export const isLanguage = (id: string): boolean => readCatalog().has(id);

/** An unknown language reads English. */
export function messagesOf(language: string): Messages {
  const messages = readCatalog().get(language) ?? readCatalog().get(DEFAULT_LANGUAGE);
  if (!messages) throw new Error(`${FOLDER}/${DEFAULT_LANGUAGE}.json is missing`);
  return messages;
}

/** For everything outside of pages: mails, calendar entries, refusals. Throws on a key that isn't there. */
export const wordsFor = <N extends NamespaceKeys<Messages, NestedKeyOf<Messages>>>(
  language: string,
  namespace: N,
) =>
  createTranslator<Messages, N>({
    locale: isLanguage(language) ? language : DEFAULT_LANGUAGE,
    messages: messagesOf(language),
    namespace,
    onError: (error) => {
      throw error;
    },
  });

/** The first of a browser's languages (`Accept-Language`) that there is a file for. */
export function languageOf(acceptLanguage: string | null): string {
  const others = [...readCatalog().keys()].filter((id) => id !== DEFAULT_LANGUAGE);
  const ids = [DEFAULT_LANGUAGE, ...others];
  const headers = { "accept-language": acceptLanguage ?? "" };
  return new Negotiator({ headers }).language(ids) ?? DEFAULT_LANGUAGE;
}
