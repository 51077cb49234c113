/** What every change of a lesson has in common: authorisation, locks and permitted states. */
import { asPerson, becomePerson, becomeService, type Trx } from "#lib/platform/db.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import {
  type ChangeRequest,
  changeRequestById,
} from "#lib/records/sessions/queries/changeRequests.ts";
import { lockSession, sessionById } from "#lib/records/sessions/queries.ts";
import type { Session, SessionStatus } from "#lib/records/sessions/rules.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { notFound, Refusal } from "#lib/services/verb/errors.ts";
import { asId } from "#lib/services/verb/input.ts";

/**
 * Runs `change` on the locked lesson as the service role, after the person has been authorised.
 * @throws Refusal `not_found`, `not_allowed` or `wrong_state`
 */
export function changeSession<T>(
  ctx: Context,
  person: Person,
  sessionId: string,
  rule: { from: SessionStatus[]; tutorOnly: boolean },
  change: (trx: Trx, session: Session) => Promise<T>,
): Promise<T> {
  const actor = { personId: person.id };
  return asPerson(ctx.db, actor, async (trx) => {
    const seen = await sessionById(trx, asId(sessionId, "lesson"));
    if (!seen) throw notFound("lesson");
    await becomeService(trx);
    await lockTutor(trx, seen.tutor_id);
    await becomePerson(trx, actor);
    const session = await lockSession(trx, sessionId);
    if (!session) throw notFound("lesson");
    if (rule.tutorOnly && session.tutor_id !== person.id) {
      throw new Refusal("not_allowed", "onlyTheTutor");
    }
    if (!rule.from.includes(session.status)) {
      throw new Refusal("wrong_state", `lessonIs.${session.status}`);
    }
    await becomeService(trx);
    return change(trx, session);
  });
}

/**
 * Runs `change` on a request for another time of a lesson, and that lesson, as `changeSession` does.
 * @returns the lesson's id
 * @throws Refusal `not_found`, `not_allowed`, or `wrong_state` where the request isn't open any more
 */
export async function changeRequested(
  ctx: Context,
  person: Person,
  requestId: string,
  { tutorOnly }: { tutorOnly: boolean },
  change: (trx: Trx, session: Session, request: ChangeRequest) => Promise<void>,
): Promise<string> {
  const id = asId(requestId, "changeRequest");
  const seen = await asPerson(ctx.db, { personId: person.id }, (trx) => changeRequestById(trx, id));
  if (!seen) throw notFound("changeRequest");
  const rule = { from: ["SCHEDULED" as const, "JOIN_OPEN" as const], tutorOnly };
  await changeSession(ctx, person, seen.session_id, rule, async (trx, session) => {
    const request = await changeRequestById(trx, id);
    const hasBegun = session.scheduled_start_at <= ctx.clock();
    const status = request?.status === "open" && hasBegun ? "closed" : request?.status;
    if (!request || !status) throw notFound("changeRequest");
    if (status !== "open") throw new Refusal("wrong_state", `requestIs.${status}`);
    await change(trx, session, request);
  });
  return seen.session_id;
}
