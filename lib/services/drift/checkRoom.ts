/** Asks a provider whether one room still exists and matches what the provider was sent. */
import { asService } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { Meeting as FoundMeeting } from "#lib/providers/provider.ts";
import { cutText } from "#lib/providers/words.ts";
import { answerMeeting, meetingById } from "#lib/records/meetings/queries.ts";
import type { Meeting } from "#lib/records/meetings/rules.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import { sessionById, updateSession } from "#lib/records/sessions/queries.ts";
import { askProvider } from "#lib/services/calls/askProvider.ts";
import { keepPasscode, passcodesOf } from "#lib/services/calls/passcodes.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { recordLost } from "./recordLost.ts";

/** No lease is held here, so the check may wait long for a slow pace. */
const PATIENCE_SECONDS = 15;

export interface RoomCheck {
  /**
   * differs: its time, title, link or passcode aren't what we know. unknown: the provider gave no answer.
   */
  found: "same" | "gone" | "differs" | "unknown";
  /** The repair is recorded; `reconcile` does it without anybody's help. */
  repaired: boolean;
}

const same: RoomCheck = { found: "same", repaired: false };

/** Marks for repair only what is gone or differs. Never throws: one room must not keep the others waiting. */
export async function checkRoom(ctx: Context, room: Meeting): Promise<RoomCheck> {
  let found: FoundMeeting | ProviderError;
  try {
    found = await ask(ctx, room);
  } catch (error) {
    // This is a fault of ours, such as a lost connection to the database.
    ctx.log.error({ tutorId: room.tutor_id, meetingId: room.id, err: error }, "A check failed");
    return { found: "unknown", repaired: false };
  }
  if (found instanceof ProviderError) {
    if (found.code !== "gone") return { found: "unknown", repaired: false };
    return { found: "gone", repaired: await recordLost(ctx, room, found.leftover) };
  }
  if (found.state !== "ready") return same;
  if (!differs(ctx, room, found) && (await isPasscodeKnown(ctx, room, found))) return same;
  return { found: "differs", repaired: await recordDifference(ctx, room, found) };
}

async function ask(ctx: Context, room: Meeting): Promise<FoundMeeting | ProviderError> {
  try {
    const permit = { kind: "get", by: room.session_id, patienceSeconds: PATIENCE_SECONDS } as const;
    return await askProvider(ctx, room.grant_id ?? "", permit, (grantSession) =>
      grantSession.provider.getMeeting(grantSession.access, room.external_id ?? room.key),
    );
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
}

type Ready = Extract<FoundMeeting, { state: "ready" }>;

/**
 * Compares with what the provider was sent last, not with the lesson: an update with the lesson's own data
 * may be due any moment.
 */
function differs(ctx: Context, room: Meeting, found: Ready): boolean {
  const { titleLength } = ctx.providers.get(room.provider).budget;
  const seconds = (at: Date) => Math.floor(at.getTime() / 1000);
  return (
    found.joinUrl !== room.join_url ||
    // An update was refused for good, so the room never got the lesson's time. It is worth another try.
    (room.error_code !== null && room.next_attempt_at === null) ||
    seconds(found.startsAt) !== seconds(room.starts_at) ||
    // Providers trim titles, and a cut title may end in a blank.
    found.title.trim() !== cutText(room.title, titleLength).trim()
  );
}

/** An answer that doesn't say changes nothing. */
async function isPasscodeKnown(ctx: Context, room: Meeting, found: Ready): Promise<boolean> {
  if (found.passcode === undefined) return true;
  const known = await asService(ctx.db, (trx) => passcodesOf(ctx, trx, [room.id]));
  return found.passcode === (known.get(room.id) ?? null);
}

/**
 * No lesson has revision 0, so the plan will update the room. If the provider has changed the way in (link or
 * passcode), people are given the new one from now on; where nothing else differs, the provider isn't called.
 */
async function recordDifference(ctx: Context, seen: Meeting, found: Ready): Promise<boolean> {
  return asService(ctx.db, async (trx) => {
    await lockTutor(trx, seen.tutor_id);
    const now = ctx.clock();
    const row = await meetingById(trx, seen.id);
    const session = await sessionById(trx, seen.session_id);
    // The room was updated since or is being updated now, so what was compared no longer holds.
    if (row?.revision !== seen.revision || (row.lease_until && row.lease_until > now)) return false;
    if (session?.meeting_id !== seen.id || session.join_url !== seen.join_url) return false;
    const { joinUrl } = found;
    const change = differs(ctx, seen, found) ? { revision: 0, join_url: joinUrl } : {};
    if (!(await answerMeeting(trx, seen, change, now))) return false;
    await keepPasscode(ctx, trx, seen.id, found);
    if (joinUrl !== seen.join_url) {
      await updateSession(trx, session, { join_url: joinUrl, updated_at: now });
    }
    await ctx.nudge(trx, seen.tutor_id);
    return true;
  });
}
