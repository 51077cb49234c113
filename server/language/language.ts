/**
 * In which language and zone a page is, and its time, which is the server's. The language is the person's own,
 * otherwise the one chosen in this browser, otherwise what whoever a personal link is for has set, otherwise
 * the browser's, otherwise what a lesson's tutor reads. next.config.ts names this file.
 */
import { headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { acceptedLanguage, DEFAULT_LANGUAGE, messagesOf } from "#lib/platform/words.ts";
import type { ReadDoor } from "#lib/services/doors/views.ts";
import { context, doorsReader, visitor } from "#server/page.ts";
import { readLanguage } from "./languageCookie.ts";

/** Guests have no zone, and no page but a door shows them a time. Without this, the machine's zone would be theirs. */
const GUESTS_ZONE = "UTC";

export default getRequestConfig(async () => {
  const person = await visitor();
  const door = person ? null : await doorsReader();
  const locale = person?.language ?? (await guestsLanguage(door));
  const ctx = await context();
  return {
    locale,
    messages: messagesOf(locale),
    timeZone: person?.timeZone ?? (door?.hasEnded === false ? door.timeZone : GUESTS_ZONE),
    now: ctx.clock(),
  };
});

async function guestsLanguage(door: ReadDoor | null): Promise<string> {
  const chosen = (await readLanguage()) ?? (door?.isOwnLanguage ? door.language : null);
  const accepted = (await headers()).get("accept-language");
  return chosen ?? acceptedLanguage(accepted) ?? door?.language ?? DEFAULT_LANGUAGE;
}
