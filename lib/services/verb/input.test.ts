import { expect, test } from "vitest";
import { z } from "zod";
import { preferencesInput } from "#lib/services/telling/preferences.ts";
import { problem } from "#server/problem.ts";
import { Refusal } from "./errors.ts";
import { freeText, instant, parseInput } from "./input.ts";

const refused = (body: unknown): Refusal => {
  try {
    parseInput(preferencesInput, body);
  } catch (error) {
    if (error instanceof Refusal) return error;
  }
  throw new Error("It wasn't refused");
};

test.each([
  ["en", "guardianEmail: This is not an email address.", "This is not an email address."],
  ["de", "guardianEmail: Das ist keine E-Mail-Adresse.", "Das ist keine E-Mail-Adresse."],
])(
  "in %s programs read which field is wrong, and people at the field what is",
  async (language, detail, atField) => {
    const answer = await problem(refused({ guardianEmail: "nobody" }), language).json();
    expect(answer).toMatchObject({ status: 400, field: "guardianEmail", detail, atField });
  },
);

test("what the schema says by itself is passed on", () => {
  expect(refused({ remindDay: "perhaps" }).message).toMatch(/^remindDay: .*boolean/);
});

test("a sentence of its own needs no field's name in either place", async () => {
  const refusal = new Refusal("invalid_input", "ownAddress", { field: "guardianEmail" });
  const sentence = "This is your own address.";
  const answer = await problem(refusal, "en").json();
  expect(answer).toMatchObject({ detail: sentence, atField: sentence });
});

test("marks of direction, which keyboards insert, are left out of a name; what turns text around is refused", () => {
  expect(freeText(20).parse(" \u200fנועה\u200e ")).toBe("נועה");
  for (const turning of ["\u202e", "\u2066", "\u2068", "\u202a"]) {
    expect(freeText(20).safeParse(`Mia${turning}`).success).toBe(false);
  }
});

const unseen = {
  "zero width space": "\u200b\u200b",
  "soft hyphen": "\u00ad",
  "hangul fillers": "\u3164\u115f\u1160\uffa0",
  "blank braille": "\u2800",
  "blank hieroglyph": "\u{13441}",
  tags: "\u{e0001}\u{e0041}\u{e0042}",
  "variation selectors": "\ufe0f\u{e0100}",
  "marks alone": "\u0301\u0308",
  joiners: "\u200c\u200d\u2060\ufeff",
  "signs alone": "...",
  "pictures alone": "👩‍🏫",
  "all of these": "\u200b\u3164 \u2800\u00ad",
};

test.each(Object.entries(unseen))("a name of nothing but %s is none", (_, text) => {
  const parsed = freeText(120).safeParse(text);
  expect(parsed.error?.issues[0]?.message).toBe("invisible");
  expect(freeText(120).safeParse(`Mia ${text}`).success).toBe(true);
});

test.each([
  "Mia",
  "Ng",
  "O",
  "Łukasz Żółć",
  "Nguyễn Văn Á",
  "e\u0301va",
  "Ирина",
  "نور الهدى",
  "נועה",
  "李小龍",
  "さくら",
  "김민준",
  "அருண்",
  "अनन्या",
  "ສົມຊາຍ",
  "ሰላም",
  "ᏣᎳᎩ",
  "𞤀𞤣𞤤𞤢𞤥",
  "𓀀",
  "class 5b 🎻",
  "7",
  "٣",
])("%s can be seen", (name) => {
  expect(freeText(120).parse(name)).toBe(name);
});

test.each([
  "0000-01-01T00:00:00Z",
  "0000-01-01T00:00:00+23:59",
  "1969-12-31T23:59:59Z",
  "1970-01-01T00:00:00+00:01",
  "2999-12-31T23:59:59-00:01",
  "9999-12-31T23:59:59-23:59",
  "+010000-01-01T00:00:00Z",
  "2026-02-30T00:00:00Z",
])("an instant that no lesson can be at is refused at its field: %s", (startsAt) => {
  const schema = z.object({ startsAt: instant });
  expect(() => parseInput(schema, { startsAt })).toThrow(
    expect.objectContaining({ code: "invalid_input", key: "input.instant", field: "startsAt" }),
  );
});

test("an instant of the years from 1970 to 2999 is taken, with any offset and as many digits as there are", () => {
  const taken = [
    "1970-01-01T00:00:00Z",
    "2026-11-20T16:00:00.123456789+01:00",
    "2999-12-31T23:59:59Z",
  ];
  expect(taken.map((text) => instant.parse(text).toISOString())).toEqual([
    "1970-01-01T00:00:00.000Z",
    "2026-11-20T15:00:00.123Z",
    "2999-12-31T23:59:59.000Z",
  ]);
});
