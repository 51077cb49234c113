/**
 * What a new password must be. No rule asks for digits or signs: those only lead to "Password1!". It must be
 * long enough, and must not be among what a guesser tries first.
 */
import { dictionary } from "@zxcvbn-ts/language-common";

export const PASSWORD_LENGTH = { min: 10, max: 128 } as const;

/** Fewer different characters than this are a pattern, however long: ten spaces, or "abababababab". */
const LEAST_DIFFERENT = 5;

let common: Set<string> | undefined;

/** @param own what is known about the person to everybody: the name and the mail address */
export function isGuessable(password: string, own: readonly string[] = []): boolean {
  const word = password.toLowerCase().trim();
  if (new Set(word).size < LEAST_DIFFERENT) return true;
  // The list is unpacked when it is first needed.
  common ??= new Set(dictionary["passwords-common"]);
  return [word, base(word)].some((form) => common?.has(form)) || isOwn(word, own);
}

/** "password2026!" is guessed as soon as "password" is. */
const base = (word: string): string => word.replace(/[^\p{L}]+$/u, "");

function isOwn(word: string, own: readonly string[]): boolean {
  const bare = base(word);
  return own
    .map((text) => text.toLowerCase())
    .flatMap((text) => [text, text.replaceAll(/\s/g, ""), text.split("@")[0] ?? text])
    .some((text) => text === word || text === bare);
}
