import { codeOf, INSUFFICIENT_PRIVILEGE, reasonOf } from "#lib/platform/reason.ts";

/** Why a house can't be moved, in one line for whoever moves it. Nothing was changed. */
export class CannotMove extends Error {
  override readonly name = "CannotMove";
}

/** @returns the one line about what the database or the file system said; any other error as it is */
export function inWords(error: unknown, done: "exported" | "imported"): unknown {
  if (error instanceof CannotMove || !codeOf(error)) return error;
  const mend =
    codeOf(error) === INSUFFICIENT_PRIVILEGE
      ? "The database's owner may: its address is DATABASE_OWNER_URL where it isn't DATABASE_URL."
      : "Mend that, and try again.";
  return new CannotMove(`Nothing was ${done} (${reasonOf(error)}). ${mend}`, { cause: error });
}
