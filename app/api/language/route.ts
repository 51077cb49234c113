import { chooseLanguage } from "#server/language/chooseLanguage.ts";

export const POST = chooseLanguage;
