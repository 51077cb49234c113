"use server";
import { isLanguage } from "#lib/platform/words.ts";
import { keepLanguage } from "./languageCookie.ts";

/**
 * Stores a guest's choice for every later page of this browser. Next renders the current page again. Pages
 * call this over HTTP, so the value may be anything.
 */
export async function chooseLanguage(id: string): Promise<void> {
  if (isLanguage(id)) await keepLanguage(id);
}
