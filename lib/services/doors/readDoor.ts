import { asService, type Trx } from "#lib/platform/db.ts";
import { newestRequestsOf } from "#lib/records/sessions/queries/changeRequests.ts";
import { newestMessage } from "#lib/records/sessions/queries/messages.ts";
import { joinsOf, type SessionWithPeople } from "#lib/records/sessions/queries.ts";
import { opensAt } from "#lib/records/sessions/rules.ts";
import { readerIn } from "#lib/records/students/queries.ts";
import { linkStates } from "#lib/services/sessions/linkStates.ts";
import { toRequestView } from "#lib/services/sessions/views.ts";
import { pairOf } from "#lib/services/telling/recipients.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { findDoor } from "./findDoor.ts";
import type { ReadDoor } from "./views.ts";

/**
 * What whoever holds a personal link is shown: the same for a person, a mail filter and a program that looks at links
 * in advance, so it writes nothing, and leads nowhere.
 * @throws Refusal `not_found` for a link that we never made
 */
export async function readDoor(ctx: Context, token: string): Promise<ReadDoor> {
  const { session, slot, hasEnded, student, joins, request, reason } = await asService(
    ctx.db,
    async (trx) => {
      const found = await findDoor(ctx, trx, token);
      const { student_id: personId, id } = found.session;
      const asGuardian = found.slot !== "student";
      return {
        ...found,
        student: await readerIn(trx, pairOf(found.session)),
        request: toRequestView((await newestRequestsOf(trx, [id]))[0]),
        reason: await reasonOf(trx, found.session),
        joins: await joinsOf(trx, { personId, asGuardian }, [id]),
      };
    },
  );
  const language = student?.language ?? "en";
  const isOwnLanguage = slot === "student" && student?.has_account === true;
  if (hasEnded) return { hasEnded, language, isOwnLanguage };
  const linkState = await linkStates(ctx, [session]);
  const joined = joins.at(-1)?.meeting_id;
  return {
    hasEnded,
    language,
    isOwnLanguage,
    timeZone: session.student_zone,
    clockHours: student?.clock_hours ?? 24,
    status: session.status,
    subject: session.subject,
    tutorName: session.tutor_name,
    provider: session.provider,
    scheduledStartAt: session.scheduled_start_at.toISOString(),
    scheduledEndAt: session.scheduled_end_at.toISOString(),
    opensAt: opensAt(session.scheduled_start_at, ctx.config.joinOpensMinutesBefore).toISOString(),
    changeRequest:
      request && session.scheduled_start_at > ctx.clock()
        ? { ...request, isOwn: request.from === (slot === "student" ? slot : "guardian") }
        : null,
    linkState: linkState(session),
    cancelledBecause: reason,
    movedSinceJoin: joined !== undefined && joined !== session.meeting_id,
  };
}

/** What the tutor wrote when cancelling. */
async function reasonOf(trx: Trx, session: SessionWithPeople): Promise<string | null> {
  if (session.status !== "CANCELLED") return null;
  const said = await newestMessage(trx, { saidWith: "cancel", sessionIds: [session.id] });
  return said?.person_id === session.tutor_id ? said.text : null;
}
