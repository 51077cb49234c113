"use server";
import { isLanguage } from "#lib/platform/words.ts";
import { keepLanguage } from "./languageCookie.ts";

/**
 * A guest's choice, for every page of this browser from now on; Next renders the present one anew.
 * Called by pages over HTTP, so the value may be anything.
 */
export async function chooseLanguage(id: string): Promise<void> {
  if (isLanguage(id)) await keepLanguage(id);
}
