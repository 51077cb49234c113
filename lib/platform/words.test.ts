import { expect, test } from "vitest";
import { keysOf } from "#tests/harness/catalogKeys.ts";
import { DEFAULT_LANGUAGE, languageOf, languages, messagesOf, wordsFor } from "./words.ts";

const others = languages().filter(({ id }) => id !== DEFAULT_LANGUAGE);

test("there is more than one language", () => {
  expect(others.length).toBeGreaterThan(0);
});

test.each(others)("$name says all that English says, and nothing else", ({ id }) => {
  expect(keysOf(messagesOf(id)).sort()).toEqual(keysOf(messagesOf(DEFAULT_LANGUAGE)).sort());
});

test.each([
  ["de-AT,de;q=0.9,en;q=0.5", "de"],
  ["fr, en;q=0.8, de;q=0.9", "de"],
  ["es-MX,es;q=0.9,en;q=0.5", "es"],
  ["fr", "en"],
  ["", "en"],
  ["*", "en"],
])("a browser that asks for %j reads %s", (header, language) => {
  expect(languageOf(header)).toBe(language);
});

/** The names that a text needs values for, as the formatter itself reports them. */
function argumentsOf(language: string, key: string): string[] {
  const [namespace = "", ...rest] = key.split(".");
  const words = wordsFor(language, namespace as "shell");
  const found = new Set<string>();
  // Enough counts to reach every plural form of the languages that Segue may meet.
  for (const count of [0, 1, 2, 3, 5, 11, 100]) {
    for (;;) {
      const missing = missingFrom(() =>
        words.rich(rest.join(".") as "skip", valuesFor(found, count)),
      );
      if (missing === null) break;
      expect(found, key).not.toContain(missing);
      found.add(missing);
    }
  }
  return [...found].sort();
}

/** A tag needs a function, everything else a value. */
const valuesFor = (names: Set<string>, count: number) =>
  Object.fromEntries([...names].map((name) => [name, isTag(name) ? () => name : count]));

const isTag = (name: string): boolean => texts.some((text) => text.includes(`<${name}>`));

/** The first name that a text needs and doesn't get. Any other error in the text is thrown. */
function missingFrom(format: () => unknown): string | null {
  try {
    format();
    return null;
  } catch (error) {
    const name = /variable "(\w+)" was not provided/.exec(String(error))?.[1];
    if (name === undefined) throw error;
    return name;
  }
}

const textAt = (language: string, key: string): string =>
  String(key.split(".").reduce<unknown>(step, messagesOf(language)));

const step = (tree: unknown, key: string): unknown => Reflect.get(Object(tree), key);

const english = keysOf(messagesOf(DEFAULT_LANGUAGE));
const texts = english.map((key) => textAt(DEFAULT_LANGUAGE, key));

test.each(languages())("$name has no empty text", ({ id }) => {
  expect(english.filter((key) => textAt(id, key).trim() === "")).toEqual([]);
});

test.each(others)("$name says nothing with other names than English does", ({ id }) => {
  const named = (language: string) =>
    Object.fromEntries(english.map((key) => [key, argumentsOf(language, key)]));
  expect(named(id)).toEqual(named(DEFAULT_LANGUAGE));
});
