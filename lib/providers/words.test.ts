import fc from "fast-check";
import { expect, test } from "vitest";
import { ProviderError } from "#lib/providers/errors.ts";
import { cutText, providerWords, WORDS_LENGTH } from "#lib/providers/words.ts";
import { apiErrorOf as googleError } from "./google-meet/errors.ts";
import { apiErrorOf as zoomError } from "./zoom/errors.ts";

test("only what a provider said is quoted as its words, never a sentence of ours", () => {
  const now = new Date("2026-11-02T09:00:00Z");
  const answer = (status: number, json?: unknown) => ({
    status,
    json,
    headers: new Headers(),
    text: "",
  });
  const google = { error: { message: "Not a calendar user" } };
  expect(googleError(answer(403, google), "create", now).said).toBe("Not a calendar user");
  expect(zoomError(answer(404, { code: 3001, message: "No meeting" }), "meeting", now).said).toBe(
    "No meeting",
  );
  expect(googleError(answer(502), "create", now).said).toBeNull();
  expect(zoomError(answer(502), "create", now).said).toBeNull();
  expect(new ProviderError("unavailable", "Could not be reached").said).toBeNull();
});

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
