/** Seals and opens the passcodes of rooms whose links lack them, between an answer and a page. No other file does. */
import { addMinutes } from "#lib/platform/clock.ts";
import { decrypt, encrypt, keyIdOf } from "#lib/platform/crypto.ts";
import { asService, type Trx } from "#lib/platform/db.ts";
import type { WayIn } from "#lib/providers/provider.ts";
import * as stored from "#lib/records/meetings/queries/passcodes.ts";
import { OVERRUN_MINUTES } from "#lib/records/sessions/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";

type Keys = Pick<Context, "config">;

/** Binds a ciphertext to its room: copied to another one, it doesn't open. */
export const placeOfPasscode = (meetingId: string) => `meeting_passcodes/${meetingId}`;

/** Belongs into every transaction that stores a room's link: both are the way in. */
export async function keepPasscode(
  { config }: Keys,
  trx: Trx,
  meetingId: string,
  { passcode }: Pick<WayIn, "passcode">,
): Promise<void> {
  if (passcode === undefined) return;
  if (passcode === null) {
    await stored.deletePasscode(trx, meetingId);
    return;
  }
  const sealed = encrypt(config.tokenKeys, passcode, placeOfPasscode(meetingId));
  await stored.putPasscode(trx, { meeting_id: meetingId, sealed });
}

/** By meeting, those that are known. */
export async function passcodesOf(
  ctx: Pick<Context, "config" | "log">,
  trx: Trx,
  meetingIds: string[],
): Promise<Map<string, string>> {
  const rows = await stored.passcodesOf(trx, meetingIds);
  return new Map(
    rows.flatMap((row) => {
      const passcode = opened(ctx, row);
      return passcode === null ? [] : [[row.meeting_id, passcode] as const];
    }),
  );
}

/**
 * What people type in to get into the lesson's present room; null where its link is enough. The caller has proved
 * that the person takes part in the lesson.
 */
export async function passcodeOfLesson(ctx: Context, sessionId: string): Promise<string | null> {
  const endsAfter = addMinutes(ctx.clock(), -OVERRUN_MINUTES);
  const row = await asService(ctx.db, (trx) =>
    stored.passcodeOfLesson(trx, { sessionId, endsAfter }),
  );
  return row ? opened(ctx, row) : null;
}

/** Undefined where no room of the tutor that this link leads to has one. */
export async function passcodeOfLink(
  ctx: Pick<Context, "config" | "log">,
  trx: Trx,
  of: { tutorId: string; joinUrl: string },
): Promise<string | undefined> {
  const row = await stored.passcodeOfLink(trx, of);
  return (row && opened(ctx, row)) ?? undefined;
}

/** Erases those that nobody can use any more. Idempotent. */
export async function erasePasscodes(ctx: Context): Promise<void> {
  const endedBefore = addMinutes(ctx.clock(), -OVERRUN_MINUTES);
  await asService(ctx.db, (trx) => stored.erasePasscodes(trx, endedBefore));
}

/**
 * Seals the same passcode with the first key; null if that key has sealed it already.
 * @throws when none of our keys opens it
 */
export function resealPasscode(
  { config: { tokenKeys } }: Keys,
  { meeting_id: meetingId, sealed }: stored.SealedPasscode,
): string | null {
  if (keyIdOf(sealed) === tokenKeys[0]?.id) return null;
  const place = placeOfPasscode(meetingId);
  return encrypt(tokenKeys, decrypt(tokenKeys, sealed, place), place);
}

/** Null where its key is missing. A page without it is better than no page, and the next check stores it anew. */
function opened(
  { config, log }: Pick<Context, "config" | "log">,
  { meeting_id: meetingId, sealed }: stored.SealedPasscode,
): string | null {
  try {
    return decrypt(config.tokenKeys, sealed, placeOfPasscode(meetingId));
  } catch (err) {
    log.error({ meetingId, err }, "A room's passcode can't be opened");
    return null;
  }
}
