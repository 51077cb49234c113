/** Which lesson a personal link leads to, and for whom. */
import { isSame } from "#lib/platform/crypto.ts";
import type { Trx } from "#lib/platform/db.ts";
import { ownGuardian } from "#lib/records/asking/rules.ts";
import { lessonsBetweenIds, linkVersion } from "#lib/records/doors/queries.ts";
import { KNOWN_VERSIONS, proofOf, readToken, type Slot } from "#lib/records/doors/rules.ts";
import type { SessionWithPeople } from "#lib/records/sessions/queries.ts";
import { agreedAddress } from "#lib/services/asking/standing.ts";
import { existingKey } from "#lib/services/keys/installationKey.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { notFound } from "#lib/services/verb/errors.ts";

export interface FoundDoor {
  session: SessionWithPeople;
  slot: Slot;
  /** Whether the link has ended: a newer one was sent, or the guardian takes no part any more. */
  hasEnded: boolean;
}

/** Writes nothing. @throws Refusal `not_found` for a link that we never made */
export async function findDoor(ctx: Context, trx: Trx, text: string): Promise<FoundDoor> {
  const parts = readToken(text);
  if (!parts) throw notFound("door");
  const { lessons, slot, proof } = parts;
  const key = await existingKey(ctx, trx, "doors");
  if (!key) throw notFound("door");
  for (const session of await lessonsBetweenIds(trx, lessons)) {
    const { student_id: personId, tutor_id: tutorId } = session;
    const { version: newest } = await linkVersion(trx, { personId, tutorId, slot });
    const version = versionOf(newest, (one) =>
      isSame(proof, proofOf(key, { sessionId: session.id, slot, version: one })),
    );
    if (version === null) continue;
    const hasEnded = version < newest || !(await takesPart(ctx, trx, session, slot));
    return { session, slot, hasEnded };
  }
  throw notFound("door");
}

function versionOf(newest: number, isMade: (version: number) => boolean): number | null {
  const oldest = Math.max(1, newest - KNOWN_VERSIONS);
  for (let version = newest; version >= oldest; version--) if (isMade(version)) return version;
  return null;
}

/**
 * A guardian does as long as they agree to it. A student does whatever their address answers: their tutor may hand them
 * the link.
 */
async function takesPart(
  ctx: Context,
  trx: Trx,
  { tutor_id: tutorId, student_id: studentId }: SessionWithPeople,
  slot: Slot,
): Promise<boolean> {
  if (slot === "student") return true;
  const of =
    slot === "guardian" ? ownGuardian(studentId) : { askerId: tutorId, kind: slot, studentId };
  return (await agreedAddress(ctx, trx, of)) !== null;
}
