/**
 * What a personal link holds: which lesson, whose, and a proof. The first 48 bits of the lesson's id are enough to
 * find it, because the proof is over the whole id, and they keep the link short enough for one line of a mail.
 */
import { bytesOf, keyedLetters, lettersOf } from "#lib/platform/crypto.ts";
import type { AskKind } from "#lib/records/asking/rules.ts";

/** Who of a lesson the link is for, by its number in the token: named like what the address was asked for. */
export const slots = { student: 0, guardian: 1, tutors_guardian: 2 } as const satisfies Record<
  AskKind,
  number
>;
export type Slot = AskKind;
export const everySlot = Object.keys(slots) as readonly Slot[];

const LESSON_BYTES = 6;
const SLOT_BYTES = 1;
/** 130 bits. */
const PROOF_LETTERS = 26;
const HEAD_LETTERS = Math.ceil(((LESSON_BYTES + SLOT_BYTES) * 8) / 5);
const TOKEN = new RegExp(`^([a-z2-7]{${HEAD_LETTERS}})([a-z2-7]{${PROOF_LETTERS}})(?![a-z2-7])`);

export interface TokenParts {
  /** The first and the last id that the lesson can have. */
  lessons: { from: string; to: string };
  slot: Slot;
  proof: string;
}

/** 38 lower-case letters and digits; the same for the same lesson, slot, version and key. */
export function tokenFor(
  key: Buffer,
  of: { sessionId: string; slot: Slot; version: number },
): string {
  const lesson = Buffer.from(of.sessionId.replaceAll("-", "").slice(0, 2 * LESSON_BYTES), "hex");
  const head = lettersOf(Buffer.concat([lesson, Buffer.of(slots[of.slot])]));
  return head + proofOf(key, of);
}

export const proofOf = (
  key: Buffer,
  { sessionId, slot, version }: { sessionId: string; slot: Slot; version: number },
): string => keyedLetters(key, `door ${sessionId} ${slots[slot]} ${version}`, PROOF_LETTERS);

/**
 * Reads a token as it comes back: in any case, and with whatever a mail program takes for a part of the link
 * behind it. Null if it can't be one.
 */
export function readToken(text: string): TokenParts | null {
  const [, head, proof] = TOKEN.exec(text.trim().toLowerCase()) ?? [];
  if (head === undefined || proof === undefined) return null;
  const bytes = bytesOf(head);
  const slot = slotOf(bytes[LESSON_BYTES]);
  if (slot === null) return null;
  const hex = bytes.subarray(0, LESSON_BYTES).toString("hex");
  const start = `${hex.slice(0, 8)}-${hex.slice(8)}`;
  return {
    lessons: { from: `${start}-0000-0000-000000000000`, to: `${start}-ffff-ffff-ffffffffffff` },
    slot,
    proof,
  };
}

function slotOf(number: number | undefined): Slot | null {
  return everySlot.find((name) => slots[name] === number) ?? null;
}

/** So many versions back a link is still known as one that has ended. */
export const KNOWN_VERSIONS = 50;
