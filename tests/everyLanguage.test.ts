/** What each language's file must hold so that the file alone makes a language. */
import { expect, test } from "vitest";
import { DEFAULT_LANGUAGE, languages, messagesOf } from "#lib/platform/words.ts";
import { textsOf } from "#tests/harness/catalogKeys.ts";
import { casesIn, valuesIn } from "#tests/harness/valuesIn.ts";

const others = languages().filter(({ id }) => id !== DEFAULT_LANGUAGE);
const english = textsOf(messagesOf(DEFAULT_LANGUAGE));

/** These quote what stands in other programs. */
const aboutOthers = ["calendar.how", "videoSetup.now.passcodes.text"];

/** What a text says of something, compared with English, by the texts in which that differs. */
function differing(id: string, what: (text: string) => string[]) {
  const texts = textsOf(messagesOf(id));
  return [...english].flatMap(([key, text]) => {
    const [here, there] = [what(texts.get(key) ?? ""), what(text)].map((all) => all.toSorted());
    return JSON.stringify(here) === JSON.stringify(there) ? [] : [{ key, here, there }];
  });
}

test.each(others)(
  "$name names the same values as English, whatever case of a sentence is taken",
  ({ id }) => {
    expect(differing(id, valuesIn)).toEqual([]);
  },
);

test.each(others)("$name tells the same cases apart as English", ({ id }) => {
  expect(differing(id, (text) => casesIn(text, "select"))).toEqual([]);
});

test.each(languages())("$name counts in no other language's forms", ({ id }) => {
  const own = new Intl.PluralRules(id).resolvedOptions().pluralCategories;
  const foreign = [...textsOf(messagesOf(id))].flatMap(([key, text]) =>
    casesIn(text, "plural")
      .filter((form) => !/^=\d+$/.test(form) && !own.some((category) => category === form))
      .map((form) => ({ key, form })),
  );
  expect(foreign).toEqual([]);
});

test.each(languages())("what a sentence quotes in $name is called so on the pages", ({ id }) => {
  const texts = textsOf(messagesOf(id));
  const shown = new Set(texts.values());
  const wrong = [...texts]
    .filter(([key]) => !aboutOthers.includes(key))
    .flatMap(([key, text]) =>
      [...text.matchAll(/[“„«]([^{}“”„«»]+)[”“»]/g)].map(([, quoted = ""]) => ({ key, quoted })),
    )
    .filter(({ quoted }) => !shown.has(quoted));
  expect(wrong).toEqual([]);
});
