/**
 * In which language and zone a page is, and its time, which is the server's. The language is the person's own,
 * otherwise the one chosen in this browser, otherwise that of whoever a personal link is for, otherwise the
 * browser's. next.config.ts names this file.
 */
import { headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { languageOf, messagesOf } from "#lib/platform/words.ts";
import { context, doorsReader, visitor } from "#server/page.ts";
import { readLanguage } from "./languageCookie.ts";

/** Guests have no zone, and no page but a door shows them a time. Without this, the machine's zone would be theirs. */
const GUESTS_ZONE = "UTC";

export default getRequestConfig(async () => {
  const person = await visitor();
  const door = person ? null : await doorsReader();
  const locale = person?.language ?? (await guestsLanguage(door?.language));
  const ctx = await context();
  return {
    locale,
    messages: messagesOf(locale),
    timeZone: person?.timeZone ?? (door?.hasEnded === false ? door.timeZone : GUESTS_ZONE),
    now: ctx.clock(),
  };
});

const guestsLanguage = async (known: string | undefined): Promise<string> =>
  (await readLanguage()) ?? known ?? languageOf((await headers()).get("accept-language"));
