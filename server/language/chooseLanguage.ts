import { parseInput } from "#lib/services/verb/input.ts";
import { guarded, noContent, readJson } from "#server/http.ts";
import { keepLanguage } from "./languageCookie.ts";
import { languageInput } from "./languageInput.ts";

/** `POST /api/language`: stores a guest's choice for every later page of this browser. */
export const chooseLanguage = (request: Request): Promise<Response> =>
  guarded(request, async () => {
    const { language: id } = parseInput(languageInput, await readJson(request));
    await keepLanguage(id);
    return noContent();
  });
