import fc from "fast-check";
import { expect, test } from "vitest";
import { asService } from "#lib/platform/db.ts";
import { raiseLinkVersion } from "#lib/records/doors/queries.ts";
import { readToken, type slots, tokenFor } from "#lib/records/doors/rules.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { updatePreferences } from "#lib/services/telling/preferences.ts";
import { agreedGuardian } from "#tests/harness/asking/guardian.ts";
import { inWhole } from "#tests/harness/extent.ts";
import { personalLink } from "#tests/harness/links/personalLink.ts";
import { TEST_PATIENCE_MS } from "#tests/harness/patience.ts";
import { refusal, scene } from "#tests/harness/scene.ts";
import { enterDoor } from "./enterDoor.ts";

const { segue, tutor, student } = scene();

const TOKENS = inWhole(100_000, 500);
const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
const letters = (length: number) =>
  fc.string({ unit: fc.constantFrom(...LETTERS), minLength: length, maxLength: length });

async function tokenOf(sessionId: string, slot: keyof typeof slots = "student") {
  const link = await personalLink(segue, student, sessionId, slot);
  return /\w+$/.exec(link)?.[0] ?? "";
}

test(`${TOKENS} guessed and damaged tokens open no door while it is open`, {
  timeout: 20 * TEST_PATIENCE_MS,
}, async () => {
  await segue.connect(tutor, "zoom");
  const [id = ""] = await segue.lessons(tutor, student, 1);
  const token = await tokenOf(id);
  await segue.later({ hours: 23, minutes: 50 });
  for (const guess of guessesAt(token, id)) {
    const { code } = await refusal(enterDoor(segue.ctx, guess));
    expect(["not_found", "wrong_state"], guess).toContain(code);
  }
  expect(await segue.rows("select id from session_joins")).toEqual([]);
  await enterDoor(segue.ctx, token);
});

/** From chance alone to a token that another key made for the very lesson. */
function guessesAt(token: string, sessionId: string): string[] {
  const head = token.slice(0, 12);
  const other = (slot: keyof typeof slots) =>
    tokenFor(Buffer.alloc(32, 7), { sessionId, slot, version: 1 });
  const damaged = fc
    .tuple(fc.nat(token.length - 1), letters(1))
    .map(([at, letter]) => token.slice(0, at) + letter + token.slice(at + 1));
  const kinds = fc.oneof(
    letters(38),
    letters(26).map((proof) => head + proof),
    letters(12).map((start) => start + token.slice(12)),
    damaged,
    fc.nat(37).map((length) => token.slice(0, length)),
    fc.constantFrom(other("student"), other("guardian"), other("tutors_guardian")),
  );
  return fc.sample(kinds, { seed: 12, numRuns: TOKENS }).filter((guess) => !isSame(guess, token));
}

/** The last letter before the proof has bits that nothing stands in. */
const isSame = (guess: string, token: string) =>
  JSON.stringify(readToken(guess)) === JSON.stringify(readToken(token));

test("an ended version's, a removed guardian's and a cancelled lesson's stay closed", async () => {
  await segue.connect(tutor, "zoom");
  const [id = "", cancelled = ""] = await segue.lessons(tutor, student, 2);
  const email = "removed.guardian@people.example";
  await agreedGuardian(segue, student, email);
  const guardians = await tokenOf(id, "guardian");
  const former = await tokenOf(id);
  const ofCancelled = await tokenOf(cancelled);
  await updatePreferences(segue.ctx, student, { guardianEmail: null });
  await asService(segue.ctx.db, (trx) =>
    raiseLinkVersion(trx, { personId: student.id, tutorId: null, slot: "student" }, segue.clock()),
  );
  await cancelSession(segue.ctx, tutor, cancelled);
  await segue.later({ hours: 23, minutes: 50 });
  for (const token of [guardians, former, ofCancelled]) {
    expect((await refusal(enterDoor(segue.ctx, token))).code).toBe("wrong_state");
  }
});
