/** Asks a provider whether one room is still there and as it was told. */
import { asService } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { Meeting as FoundMeeting } from "#lib/providers/provider.ts";
import { cutText } from "#lib/providers/words.ts";
import { answerMeeting, meetingById } from "#lib/records/meetings/queries.ts";
import type { Meeting } from "#lib/records/meetings/rules.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import { sessionById, updateSession } from "#lib/records/sessions/queries.ts";
import { askProvider } from "#lib/services/calls/askProvider.ts";
import type { Context } from "#lib/services/context.ts";
import { recordLost } from "./recordLost.ts";

/** Nobody holds a lease here, so a slow pace may take its time. */
const PATIENCE_SECONDS = 15;

export interface RoomCheck {
  /** differs: time, title or link aren't what the provider was told. unknown: it gave no answer. */
  found: "same" | "gone" | "differs" | "unknown";
  /** Seen to; the work goes on by itself. */
  repaired: boolean;
}

/** Repairs only what is gone or differs. Never throws: one room doesn't keep the others waiting. */
export async function checkRoom(ctx: Context, room: Meeting): Promise<RoomCheck> {
  let found: FoundMeeting | ProviderError;
  try {
    found = await ask(ctx, room);
  } catch (error) {
    // A fault of ours, such as a cut connection to the database.
    ctx.log.error({ tutorId: room.tutor_id, meetingId: room.id, err: error }, "A check failed");
    return { found: "unknown", repaired: false };
  }
  if (found instanceof ProviderError) {
    if (found.code !== "gone") return { found: "unknown", repaired: false };
    return { found: "gone", repaired: await recordLost(ctx, room, found.leftover) };
  }
  if (found.state !== "ready" || !differs(ctx, room, found)) {
    return { found: "same", repaired: false };
  }
  return { found: "differs", repaired: await recordDifference(ctx, room, found.joinUrl) };
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

/** From what the provider was told last, not from the lesson: of that it may be told any moment. */
function differs(ctx: Context, room: Meeting, found: Ready): boolean {
  const { titleLength } = ctx.providers.get(room.provider).budget;
  const seconds = (at: Date) => Math.floor(at.getTime() / 1000);
  return (
    found.joinUrl !== room.join_url ||
    // An update was refused for good, so the room was never told the lesson's time: worth another try.
    (room.error_code !== null && room.next_attempt_at === null) ||
    seconds(found.startsAt) !== seconds(room.starts_at) ||
    // Providers trim, and a cut may end in a blank.
    found.title.trim() !== cutText(room.title, titleLength).trim()
  );
}

/**
 * No lesson has revision 0: the plan tells the room anew. A link that the provider has changed (another
 * passcode) is handed out from now on.
 */
async function recordDifference(ctx: Context, seen: Meeting, joinUrl: string): Promise<boolean> {
  return asService(ctx.db, async (trx) => {
    await lockTutor(trx, seen.tutor_id);
    const now = ctx.clock();
    const row = await meetingById(trx, seen.id);
    const session = await sessionById(trx, seen.session_id);
    // Told of something else since, or just being told: what was compared is no longer so.
    if (row?.revision !== seen.revision || (row.lease_until && row.lease_until > now)) return false;
    if (session?.meeting_id !== seen.id || session.join_url !== seen.join_url) return false;
    const change = { revision: 0, join_url: joinUrl };
    if (!(await answerMeeting(trx, seen, change, now))) return false;
    if (joinUrl !== seen.join_url) {
      await updateSession(trx, session, { join_url: joinUrl, updated_at: now });
    }
    await ctx.nudge(trx, seen.tutor_id);
    return true;
  });
}
