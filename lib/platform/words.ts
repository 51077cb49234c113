/**
 * The catalog: every text that people read, in pages and mails alike. Each language is one file in
 * `messages/`; adding a language means adding a file there and nothing else.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Negotiator from "negotiator";
import { createTranslator, type NamespaceKeys, type NestedKeyOf } from "use-intl/core";
import type english from "../../messages/en.json";

/** What each language's file must contain. English is the reference for the others. */
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
  /** A BCP 47 tag. */
  id: string;
  /** The language's name in itself: "Deutsch". */
  name: string;
}

export const languages = (): Language[] =>
  [...readCatalog()].map(([id, messages]) => ({ id, name: messages.language.name }));

export const isLanguage = (id: string): boolean => readCatalog().has(id);

/** An unknown language gets English. */
export function messagesOf(language: string): Messages {
  const messages = readCatalog().get(language) ?? readCatalog().get(DEFAULT_LANGUAGE);
  if (!messages) throw new Error(`${FOLDER}/${DEFAULT_LANGUAGE}.json is missing`);
  return messages;
}

/**
 * For everything outside pages: mails, calendar entries, refusals.
 * @throws on a key that doesn't exist
 */
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

export const languageOf = (acceptLanguage: string | null): string =>
  acceptedLanguage(acceptLanguage) ?? DEFAULT_LANGUAGE;

/** The first of a browser's languages (`Accept-Language`) that has a file; null where none has. */
export function acceptedLanguage(acceptLanguage: string | null): string | null {
  const others = [...readCatalog().keys()].filter((id) => id !== DEFAULT_LANGUAGE);
  const ids = [DEFAULT_LANGUAGE, ...others];
  const headers = { "accept-language": acceptLanguage ?? "" };
  return acceptLanguage ? (new Negotiator({ headers }).language(ids) ?? null) : null;
}
