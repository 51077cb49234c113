import fc from "fast-check";
import { expect, test } from "vitest";
import { cutText, providerWords, WORDS_LENGTH } from "#lib/providers/words.ts";

test("an explanation keeps its words and loses links, tokens and passcodes", () => {
  const said = providerWords(
    "Bad token ya29.a0AfH6SMBx-0123456789 for\n https://zoom.us/j/1?pwd=abc with pwd=xyz9 and Bearer abc",
  );
  expect(said).toBe("Bad token [hidden] for [link] with pwd=[hidden] and Bearer [hidden]");
});

test("reasons and scope names stay readable", () => {
  const said = "insufficientPermissions: does not contain scopes:[meeting:write:meeting]";
  expect(providerWords(said)).toBe(said);
});

test("a token never gets through, wherever it stands", () => {
  const token = fc
    .array(fc.constantFrom(..."abcdefXYZ0123456789-_.~+/="), { minLength: 24, maxLength: 200 })
    .map((letters) => `1a${letters.join("")}`);
  const prose = fc.stringMatching(/^[a-z ,:]{0,40}$/);
  fc.assert(
    fc.property(prose, token, prose, (before, secret, after) => {
      expect(providerWords(`${before} ${secret} ${after}`)).not.toContain(secret);
    }),
  );
});

test("an explanation is never longer than it may be, nor cut inside a character", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 2000 }), (text) => {
      expect(providerWords(text).length).toBeLessThanOrEqual(WORDS_LENGTH);
    }),
  );
  expect(cutText("ab😀", 3)).toBe("ab");
  expect(cutText("ab😀", 4)).toBe("ab😀");
});
