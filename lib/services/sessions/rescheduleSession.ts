import { z } from "zod";
import { addMinutes } from "#lib/platform/clock.ts";
import type { Trx } from "#lib/platform/db.ts";
import { wallClockColumns } from "#lib/platform/zones/wallClock.ts";
import { bookingById } from "#lib/records/bookings/queries.ts";
import { hastenUpdate } from "#lib/records/meetings/queries/hasten.ts";
import { overlapping, updateSession } from "#lib/records/sessions/queries.ts";
import { opensAt, type Session } from "#lib/records/sessions/rules.ts";
import { mailSessionRescheduled } from "#lib/services/telling/sessionMails.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { overlap, Refusal } from "#lib/services/verb/errors.ts";
import { parseInput } from "#lib/services/verb/input.ts";
import {
  hasOneStart,
  type Start,
  startFields,
  startOf,
  zoneField,
} from "#lib/services/verb/start.ts";
import { changeSession } from "./changeSession.ts";

export const rescheduleInput = z
  .object({ ...startFields, timeZone: zoneField.optional() })
  .superRefine(hasOneStart);

/** The tutor moves a lesson to another time. It keeps its length, and its room gets the new time. */
export function rescheduleSession(
  ctx: Context,
  person: Person,
  sessionId: string,
  body: unknown,
): Promise<void> {
  const asked = parseInput(rescheduleInput, body);
  const start = startOf(ctx, asked);
  const rule = { from: ["SCHEDULED" as const, "JOIN_OPEN" as const], tutorOnly: true };
  return changeSession(ctx, person, sessionId, rule, async (trx, session) => {
    // Saved without a change: nobody has to hear of it.
    if (start.at.getTime() === session.scheduled_start_at.getTime()) return;
    const zone = asked.timeZone ?? (await zoneOf(trx, session));
    await moveLesson(ctx, trx, session, start, zone);
    await mailSessionRescheduled(ctx, trx, session.id, session.scheduled_start_at);
  });
}

/**
 * Moves a locked lesson, without telling anybody.
 * @param zone where it is agreed on what clocks show
 * @throws Refusal `in_the_past` or `overlap`
 */
export async function moveLesson(
  ctx: Context,
  trx: Trx,
  session: Session,
  { at: startsAt, field }: Start,
  zone: string,
): Promise<void> {
  const now = ctx.clock();
  if (startsAt <= now) throw new Refusal("in_the_past", "inThePast", { field });
  const endsAt = addMinutes(startsAt, session.duration_minutes);
  const span = { tutorId: session.tutor_id, from: startsAt, to: endsAt, exceptId: session.id };
  if (await overlapping(trx, span)) throw overlap(field);
  const isOpen = opensAt(startsAt, ctx.config.joinOpensMinutesBefore) <= now;
  await updateSession(trx, session, {
    scheduled_start_at: startsAt,
    scheduled_end_at: endsAt,
    ...wallClockIn(ctx, startsAt, zone),
    status: isOpen ? "JOIN_OPEN" : "SCHEDULED",
    revision: session.revision + 1,
    calendar_sequence: session.calendar_sequence + 1,
    rescheduled_at: now,
    updated_at: now,
  });
  await hastenUpdate(trx, session.id, now);
  await ctx.nudge(trx, session.tutor_id);
}

/** Of an instant in a zone that isn't known here nobody can say what its clocks show: a server that knows it does. */
function wallClockIn(ctx: Context, at: Date, name: string) {
  const zone = ctx.zoneRules(name);
  if (!zone) return { starts_local: null, utc_offset: null, time_zone: null };
  return { ...wallClockColumns(at, zone), time_zone: name };
}

/** A lesson that an earlier version made is in its booking's zone, like all of them at first. */
const zoneOf = async (trx: Trx, session: Session): Promise<string> =>
  session.time_zone ?? (await bookingById(trx, session.booking_id))?.time_zone ?? "UTC";
