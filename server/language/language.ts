/**
 * In which language and zone a page is, and its time, which is the server's. The language is the person's own,
 * otherwise the one chosen in this browser, otherwise the browser's. next.config.ts names this file.
 */
import { headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { languageOf, messagesOf } from "#lib/platform/words.ts";
import { context, visitor } from "#server/page.ts";
import { readLanguage } from "./languageCookie.ts";

/** Guests have no zone, and no page shows them a time. Without this, the machine's zone would be theirs. */
const GUESTS_ZONE = "UTC";

export default getRequestConfig(async () => {
  const person = await visitor();
  const locale = person?.language ?? (await guestsLanguage());
  const ctx = await context();
  return {
    locale,
    messages: messagesOf(locale),
    timeZone: person?.timeZone ?? GUESTS_ZONE,
    now: ctx.clock(),
  };
});

const guestsLanguage = async (): Promise<string> =>
  (await readLanguage()) ?? languageOf((await headers()).get("accept-language"));
