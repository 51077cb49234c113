/** The tutor gives a lesson a room of their own, with what it asks for; it stays until the next switch or refresh. */
import { z } from "zod";
import type { ProviderId } from "#lib/providers/provider.ts";
import { updateSession } from "#lib/records/sessions/queries.ts";
import { keepPasscode } from "#lib/services/calls/passcodes.ts";
import { recordManualEdits } from "#lib/services/drift/recordManualEdits.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { parseInput } from "#lib/services/verb/input.ts";
import { changeSession } from "./changing/changeSession.ts";

export const ownLinkInput = z.object({
  url: z.string().trim().max(2_000),
  passcode: z
    .string()
    .trim()
    .max(64, "tooLong")
    .regex(/^[!-~]*$/, "passcode")
    .optional()
    .describe("What the room asks for, where the link doesn't hold it."),
});

/**
 * The link is written and recorded in one transaction, exactly as a link that somebody writes into the
 * database.
 * @throws Refusal `invalid_input` if it is no room's link, because people aren't sent just anywhere
 */
export function setOwnLink(
  ctx: Context,
  person: Person,
  sessionId: string,
  body: unknown,
): Promise<void> {
  const { url, passcode } = parseInput(ownLinkInput, body);
  const rule = { from: ["SCHEDULED" as const, "JOIN_OPEN" as const], tutorOnly: true };
  return changeSession(ctx, person, sessionId, rule, async (trx, session) => {
    const { provider, link } = roomBehind(ctx, url);
    if (link === session.join_url && !passcode) return;
    const now = ctx.clock();
    if (session.scheduled_end_at <= now) {
      throw new Refusal("wrong_state", "lessonIs.COMPLETED");
    }
    const { tutor_id: tutorId } = session;
    await updateSession(trx, session, { join_url: link, updated_at: now });
    const rooms = await recordManualEdits(ctx, trx, { tutorId, sessionId });
    const room = rooms.get(session.id) ?? session.meeting_id;
    const isEnough = ctx.providers.opensAlone(provider, link);
    // Nothing typed in says nothing: it may be a room of ours, whose passcode is known.
    const asked = isEnough ? null : passcode || undefined;
    if (room) await keepPasscode(ctx, trx, room, { passcode: asked });
    await ctx.nudge(trx, tutorId);
  });
}

/** A provider's host isn't enough: Google's and Zoom's own pages lead on to any address that is asked for. */
function roomBehind({ providers }: Context, url: string): { provider: ProviderId; link: string } {
  const owner = providers.ownerOf(url);
  if (!owner) throw new Refusal("invalid_input", "noMeetingLink", { field: "url" });
  const link = providers.roomLink(owner, url);
  if (link !== null) return { provider: owner, link };
  // It is a room, and only what it asks for isn't in a form that could be passed on.
  if (providers.roomLink(owner, url.replace(/[?#].*$/s, "")) !== null) {
    throw new Refusal("invalid_input", "oddPasscode", { field: "url" });
  }
  throw new Refusal("invalid_input", "noRoom", {
    field: "url",
    provider: providers.label(owner),
    examples: providers.roomExamples(owner).join(", "),
  });
}
