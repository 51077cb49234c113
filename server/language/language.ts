/**
 * Which language a page is in: the person's own, otherwise the one chosen in this browser, otherwise the
 * browser's. next.config.ts names this file.
 */
import { headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { languageOf, messagesOf } from "#lib/platform/words.ts";
import { visitor } from "#server/page.ts";
import { readLanguage } from "./languageCookie.ts";

export default getRequestConfig(async () => {
  const person = await visitor();
  const locale = person?.language ?? (await guestsLanguage());
  return { locale, messages: messagesOf(locale), timeZone: person?.timeZone ?? "UTC" };
});

const guestsLanguage = async (): Promise<string> =>
  (await readLanguage()) ?? languageOf((await headers()).get("accept-language"));
