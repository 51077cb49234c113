/** Why sign-in's library refuses what our own rules have let through. Pages have a sentence for each of them. */
export const librarysCodes = [
  "INVALID_EMAIL_OR_PASSWORD",
  "INVALID_TOKEN",
  "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL",
] as const;

/** A reason that isn't published is one that no program can know. */
export const publishedCode = (code: string | undefined): string =>
  librarysCodes.find((known) => known === code) ?? "invalid_input";
