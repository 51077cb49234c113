/** A student, or their guardian by a personal link, asks the tutor for another time of one lesson, or takes that back. */
import { z } from "zod";
import { addMinutes } from "#lib/platform/clock.ts";
import type { Trx } from "#lib/platform/db.ts";
import { wallClockColumns } from "#lib/platform/zones/wallClock.ts";
import {
  decideRequest,
  insertChangeRequest,
  openRequestOf,
} from "#lib/records/sessions/queries/changeRequests.ts";
import { overlapping } from "#lib/records/sessions/queries.ts";
import type { Session } from "#lib/records/sessions/rules.ts";
import { mailTimeAsked } from "#lib/services/telling/sessionMails.ts";
import { admit } from "#lib/services/verb/admit.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { overlap, Refusal } from "#lib/services/verb/errors.ts";
import { parseInput } from "#lib/services/verb/input.ts";
import { messageField } from "#lib/services/verb/message.ts";
import {
  hasOneStart,
  refuseUnlessAhead,
  startFields,
  startOf,
  zoneField,
  zoneNamed,
} from "#lib/services/verb/start.ts";
import { changeRequested, changeSession } from "./changing/changeSession.ts";

export const askInput = z
  .object({ ...startFields, timeZone: zoneField, message: messageField })
  .superRefine(hasOneStart);

/** Who asks: the student of the lesson, or their guardian. */
export type Asker = "student" | "guardian";

/** @throws Refusal as `keepRequest`, and `not_allowed` for anybody but the lesson's student */
export function askForTime(
  ctx: Context,
  person: Person,
  sessionId: string,
  body: unknown,
): Promise<void> {
  const asked = parseInput(askInput, body);
  const rule = { from: ["SCHEDULED" as const, "JOIN_OPEN" as const], tutorOnly: false };
  return changeSession(ctx, person, sessionId, rule, async (trx, session) => {
    if (session.student_id !== person.id) throw new Refusal("not_allowed", "onlyFor.student");
    await keepRequest(ctx, trx, session, { asker: "student", asked });
  });
}

/**
 * Call it under the tutor's lock, for an open lesson. The tutor gets a mail.
 * @throws Refusal `wrong_state` where the lesson has begun or a request is open, `in_the_past`, `invalid_input`,
 *   `overlap`, `too_many`
 */
export async function keepRequest(
  ctx: Context,
  trx: Trx,
  session: Session,
  { asker, asked }: { asker: Asker; asked: z.infer<typeof askInput> },
): Promise<void> {
  const now = ctx.clock();
  const start = startOf(ctx, asked);
  const { at, field } = start;
  const zone = zoneNamed(ctx, asked.timeZone);
  if (session.scheduled_start_at <= now) throw new Refusal("wrong_state", "begunForAsking");
  if (await openRequestOf(trx, session.id)) throw new Refusal("wrong_state", "askedAlready");
  refuseUnlessAhead(ctx, start);
  if (at.getTime() === session.scheduled_start_at.getTime()) {
    throw new Refusal("invalid_input", "sameTime", { field });
  }
  const span = { from: at, to: addMinutes(at, session.duration_minutes), except: [session.id] };
  if (await overlapping(trx, { tutorId: session.tutor_id, ...span })) throw overlap(field);
  await admit(ctx, trx, "timeAsked", session.student_id);
  const id = ctx.newId();
  await insertChangeRequest(trx, {
    id,
    session_id: session.id,
    tutor_id: session.tutor_id,
    student_id: session.student_id,
    as_guardian: asker === "guardian",
    starts_at: at,
    ...wallClockColumns(at, zone),
    time_zone: zone.name,
    message: asked.message ?? null,
    created_at: now,
  });
  await mailTimeAsked(ctx, trx, id);
}

/** The student takes back what they asked for. @throws Refusal `not_allowed` for what somebody else asked for */
export const withdrawRequest = (ctx: Context, person: Person, requestId: string): Promise<string> =>
  changeRequested(ctx, person, requestId, { tutorOnly: false }, async (trx, session, request) => {
    if (session.student_id !== person.id || request.as_guardian) {
      throw new Refusal("not_allowed", "onlyTheAsker");
    }
    await decideRequest(trx, request.id, { status: "withdrawn", decided_at: ctx.clock() });
  });

/** Call it under the tutor's lock. @throws Refusal `wrong_state` where this asker has asked for nothing */
export async function withdrawFrom(
  ctx: Context,
  trx: Trx,
  session: Session,
  asker: Asker,
): Promise<void> {
  const request = await openRequestOf(trx, session.id);
  if (request?.as_guardian !== (asker === "guardian")) {
    throw new Refusal("wrong_state", "nothingAsked");
  }
  await decideRequest(trx, request.id, { status: "withdrawn", decided_at: ctx.clock() });
}
