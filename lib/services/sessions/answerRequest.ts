/** The tutor answers somebody who asks for another time of a lesson. */
import { z } from "zod";
import { movedByRules, zoneAsKept } from "#lib/platform/zones/wallClock.ts";
import { decideRequest } from "#lib/records/sessions/queries/changeRequests.ts";
import { mailRescheduled, mailTimeDeclined } from "#lib/services/telling/sessionMails.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { parseInput } from "#lib/services/verb/input.ts";
import { messageField } from "#lib/services/verb/message.ts";
import { changeRequested } from "./changing/changeSession.ts";
import { beforeOf, moveLessons } from "./rescheduleSession.ts";

/**
 * Moves the lesson to where it was asked for: to what clocks were to show, by the present rules.
 * @returns the lesson's id
 * @throws Refusal `overlap` or `in_the_past`; then the request stays open
 */
export const acceptRequest = (ctx: Context, tutor: Person, requestId: string): Promise<string> =>
  changeRequested(ctx, tutor, requestId, { tutorOnly: true }, async (trx, session, request) => {
    const zone = zoneAsKept(ctx.zoneRules, request);
    const at = movedByRules(request, request.starts_at, zone) ?? request.starts_at;
    // Moving it closes what is still open.
    await decideRequest(trx, request.id, { status: "accepted", decided_at: ctx.clock() });
    await moveLessons(ctx, trx, [{ session, at, zone: request.time_zone }], "startsAt");
    await mailRescheduled(ctx, trx, { moved: beforeOf([session]), message: null, isAgreed: true });
  });

export const declineInput = z.object({ message: messageField }).prefault({});

/** The lesson stays where it is. @returns the lesson's id */
export function declineRequest(
  ctx: Context,
  tutor: Person,
  requestId: string,
  body?: unknown,
): Promise<string> {
  const { message } = parseInput(declineInput, body);
  return changeRequested(ctx, tutor, requestId, { tutorOnly: true }, async (trx, _, request) => {
    await decideRequest(trx, request.id, {
      status: "declined",
      answer: message ?? null,
      decided_at: ctx.clock(),
    });
    await mailTimeDeclined(ctx, trx, request.id);
  });
}
