/**
 * What a new password must be. No rule asks for digits or signs: those only lead to "Password1!". It must be
 * long enough, and a guesser who begins with what is likely must not find it soon.
 */
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";
import { dictionary as german } from "@zxcvbn-ts/language-de";
import { dictionary as english } from "@zxcvbn-ts/language-en";
import { languages, messagesOf } from "#lib/platform/words.ts";

export const PASSWORD_LENGTH = { min: 10, max: 128 } as const;

/**
 * As the estimator counts, for as many signs by chance as the shortest password has. What people take for a good
 * one and guessers try, such as "Willkommen2026!", stays below it; four words, or three rare ones, don't.
 */
const LEAST_GUESSES = 10 ** PASSWORD_LENGTH.min;
/** Within these no password takes long to judge, whatever somebody makes up to keep us busy. */
const BOUNDS = { maxLength: 64, l33tMaxSubstitutions: 5 };

/** Shorter parts of a name stand in other words by chance. */
const SHORTEST_WORD = 3;
/** With fewer letters beside it, a word that everybody knows is the whole password. */
const LEAST_OTHER_LETTERS = 4;

let estimator: ZxcvbnFactory | undefined;
let common: Set<string> | undefined;

/** @param own what is known about the person to everybody: the name and the mail address */
export function isGuessable(password: string, own: readonly string[] = []): boolean {
  estimator ??= newEstimator();
  common ??= new Set(dictionary["passwords-common"]);
  const known = wordsOf(own);
  return (
    estimator.check(password, known).guesses < LEAST_GUESSES ||
    // The estimator takes "Sommer2026!" for harder than those who guess do.
    common.has(bare(password.toLowerCase())) ||
    isMadeOf(password.toLowerCase(), known)
  );
}

/** Unpacks its lists, which takes a quarter of a second. */
const newEstimator = () =>
  new ZxcvbnFactory({
    dictionary: { ...dictionary, ...english, ...german, ...wordsOfPages() },
    graphs: adjacencyGraphs,
    ...BOUNDS,
  });

/** What stands on our pages comes to mind first, also in a language without a list; the frequent words come first. */
const wordsOfPages = (): Record<string, string[]> =>
  Object.fromEntries(
    languages().map(({ id }) => {
      const words = textsIn(messagesOf(id)).flatMap((text) => text.toLowerCase().split(/\P{L}+/u));
      const counted = Map.groupBy(words, (word) => word);
      const often = [...counted].sort(([, one], [, other]) => other.length - one.length);
      return [`pages-${id}`, often.map(([word]) => word).filter(isWord)];
    }),
  );

const textsIn = (tree: unknown): string[] =>
  typeof tree === "string" ? [tree] : Object.values(Object(tree)).flatMap(textsIn);

const isWord = (text: string): boolean => text.length >= SHORTEST_WORD;

/** What stands before and behind the letters costs a guesser little. */
const bare = (word: string): string => word.replace(/^\P{L}+|\P{L}+$/gu, "");

/** Each text as a whole and in its parts, and the name of what the password is for; the longest first. */
const wordsOf = (own: readonly string[]): string[] =>
  ["segue", ...own]
    .map((text) => text.toLowerCase())
    .flatMap((text) => [text, text.replaceAll(/\P{L}/gu, ""), ...text.split(/\P{L}+/u)])
    .filter(isWord)
    .toSorted((one, other) => other.length - one.length);

/** Whether hardly a letter is left without these words, written forwards or backwards. */
function isMadeOf(password: string, words: string[]): boolean {
  const rest = words
    .flatMap((word) => [word, [...word].toReversed().join("")])
    .reduce((left, word) => left.replaceAll(word, ""), password);
  return rest !== password && rest.replaceAll(/\P{L}/gu, "").length < LEAST_OTHER_LETTERS;
}
