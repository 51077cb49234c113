/** Asks a provider whether one room still exists, and is what the provider answered to our last write. */
import { asService } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { Meeting as FoundMeeting } from "#lib/providers/provider.ts";
import { answerMeeting, meetingById } from "#lib/records/meetings/queries.ts";
import { type Meeting, repairOf } from "#lib/records/meetings/rules.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import { sessionById, updateSession } from "#lib/records/sessions/queries.ts";
import type { Session } from "#lib/records/sessions/rules.ts";
import { askProvider } from "#lib/services/calls/askProvider.ts";
import { keepPasscode, passcodesOf } from "#lib/services/calls/passcodes.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { type Comparison, compareRoom, isNothing } from "./compareRoom.ts";
import { recordLost } from "./recordLost.ts";

/** No lease is held here, so the check may wait long for a slow pace. */
const PATIENCE_SECONDS = 15;

export interface RoomCheck {
  /**
   * differs: its time, title, link or passcode aren't what the provider answered to us. unknown: the provider gave no
   * answer.
   */
  found: "same" | "gone" | "differs" | "unknown";
  /** The repair is recorded; `reconcile` does it without anybody's help. */
  repaired: boolean;
}

const same: RoomCheck = { found: "same", repaired: false };

/** Marks for repair only what is gone or differs. Never throws: one room must not keep the others waiting. */
export async function checkRoom(ctx: Context, room: Meeting): Promise<RoomCheck> {
  try {
    return await compareWithAnswer(ctx, room);
  } catch (error) {
    // This is a fault of ours, such as a lost connection to the database.
    ctx.log.error({ tutorId: room.tutor_id, meetingId: room.id, err: error }, "A check failed");
    return { found: "unknown", repaired: false };
  }
}

async function compareWithAnswer(ctx: Context, room: Meeting): Promise<RoomCheck> {
  const answer = await ask(ctx, room);
  if (answer instanceof ProviderError) {
    if (answer.code !== "gone") return { found: "unknown", repaired: false };
    return { found: "gone", repaired: await recordLost(ctx, room, answer.leftover) };
  }
  if (answer.state !== "ready") return same;
  const found = withUsableLink(ctx, room, answer);
  const { titleLength } = ctx.providers.get(room.provider).budget;
  const compared = compareRoom(room, found, titleLength);
  const isPasscodeNew = !(await isPasscodeKnown(ctx, room, found));
  if (isNothing(compared) && !isPasscodeNew) return same;
  const isSeenTo = await recordComparison(ctx, room, found, { ...compared, isPasscodeNew });
  const isDifferent = compared.isWrong || compared.link === "changed" || isPasscodeNew;
  return { found: isDifferent ? "differs" : "same", repaired: isDifferent && isSeenTo };
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
 * A link that isn't enough by itself, with nothing said of a passcode, is no way in. It doesn't replace a link that is
 * one.
 */
function withUsableLink({ providers }: Context, room: Meeting, found: Ready): Ready {
  const isEnough = (link: string) => providers.opensAlone(room.provider, link);
  const { join_url: known } = room;
  const isKept = known !== null && isEnough(known) && found.passcode === undefined;
  return isKept && !isEnough(found.joinUrl) ? { ...found, joinUrl: known } : found;
}

/** Otherwise it was updated since or is being updated now, and what was compared no longer holds. */
const isAsSeen = (row: Meeting, session: Session, seen: Meeting, now: Date): boolean =>
  row.revision === seen.revision &&
  (row.lease_until === null || row.lease_until <= now) &&
  session.meeting_id === seen.id &&
  session.join_url === seen.join_url;

/** An answer that doesn't say changes nothing. */
async function isPasscodeKnown(ctx: Context, room: Meeting, found: Ready): Promise<boolean> {
  if (found.passcode === undefined) return true;
  const known = await asService(ctx.db, (trx) => passcodesOf(ctx, trx, [room.id]));
  return found.passcode === (known.get(room.id) ?? null);
}

/**
 * Notes what the reading says. Whatever way in (link and passcode) the provider shows is sure to work, so it is the one
 * handed out from now on; that needs no call. If the provider has to be told again, no lesson has revision 0, so the
 * plan will update the room. That is done a few times a day at most for one room.
 * @returns whether it is seen to
 */
async function recordComparison(
  ctx: Context,
  seen: Meeting,
  found: Ready,
  { isWrong, learnt, link, isPasscodeNew }: Comparison & { isPasscodeNew: boolean },
): Promise<boolean> {
  return asService(ctx.db, async (trx) => {
    await lockTutor(trx, seen.tutor_id);
    const now = ctx.clock();
    const row = await meetingById(trx, seen.id);
    const session = await sessionById(trx, seen.session_id);
    if (!row || !session || !isAsSeen(row, session, seen, now)) return false;
    const repair = isWrong ? repairOf(row, found, now) : null;
    const newLink = link === "same" ? {} : { join_url: found.joinUrl, link_varies: true };
    const change = { ...learnt, ...newLink, ...repair };
    // Of a passcode alone, too: the row is still the one that was read.
    if (!(await answerMeeting(trx, seen, change, now))) return false;
    await keepPasscode(ctx, trx, seen.id, found);
    if (link !== "same") {
      await updateSession(trx, session, { join_url: found.joinUrl, updated_at: now });
    }
    if (repair) await ctx.nudge(trx, seen.tutor_id);
    return repair !== null || link === "changed" || isPasscodeNew;
  });
}
