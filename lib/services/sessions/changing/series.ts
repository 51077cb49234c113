/** Changes of several lessons of one booking at once: this one, this and the following, or all that are still to come. */
import { z } from "zod";
import { addMinutes } from "#lib/platform/clock.ts";
import type { Trx } from "#lib/platform/db.ts";
import { changeOnClocks, laterOnClocks, plainZone } from "#lib/platform/localTime.ts";
import { bookingById } from "#lib/records/bookings/queries.ts";
import { overlapping, seriesAhead, sessionWithPeople } from "#lib/records/sessions/queries.ts";
import { type Scope, type Session, scopes } from "#lib/records/sessions/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { overlapsLesson, Refusal } from "#lib/services/verb/errors.ts";
import { refuseUnlessAhead, type Start } from "#lib/services/verb/start.ts";

/** A field of each input that can be for several lessons. */
export const scopeField = z
  .enum(scopes)
  .default("one")
  .describe(
    "one: this lesson. following: it and the later ones of its booking. all: all of its booking that haven't begun.",
  );

/**
 * The lessons that a change of this one is for, soonest first. Call it under the tutor's lock.
 * @throws Refusal `wrong_state` where several are meant and this one has begun, since such lessons stay as they are
 */
export async function lessonsInScope(
  ctx: Context,
  trx: Trx,
  session: Session,
  scope: Scope,
): Promise<Session[]> {
  if (scope === "one") return [session];
  const now = ctx.clock();
  const { booking_id: bookingId, scheduled_start_at: start } = session;
  if (start <= now) throw new Refusal("wrong_state", "seriesHasBegun");
  return seriesAhead(trx, { bookingId, now, ...(scope === "following" && { from: start }) });
}

export interface Move {
  session: Session;
  at: Date;
  /** The name of the zone in which it is agreed on what clocks show. */
  zone: string;
}

/**
 * Where lessons go when one of them goes to `to`: the clocks of their booking's zone show as much more, or less, for
 * each of them, so that lessons at 16:00 stay together at 17:00 on both sides of a daylight-saving change.
 * @throws Refusal `unavailable` for a zone that this server doesn't know, since nobody can reckon in it
 */
export async function movedAlike(
  ctx: Context,
  trx: Trx,
  lessons: Session[],
  { of, to }: { of: Session; to: Date },
): Promise<Move[]> {
  const name = (await bookingById(trx, of.booking_id))?.time_zone ?? "UTC";
  const zone = ctx.zoneRules(name);
  if (!zone) throw new Refusal("unavailable", "unknownZone", { zone: plainZone(name) });
  const start = of.scheduled_start_at.toISOString();
  const change = changeOnClocks(start, to.toISOString(), zone);
  return lessons.map((session) => {
    const from = session.scheduled_start_at.toISOString();
    const at = session.id === of.id ? to : new Date(laterOnClocks(from, zone, change));
    return { session, at, zone: name };
  });
}

/** @throws Refusal `in_the_past`, `invalid_input` or `overlap`, which names the lesson that is in the way */
export async function refuseMoves(
  ctx: Context,
  trx: Trx,
  moves: Move[],
  field: Start["field"],
): Promise<void> {
  const now = ctx.clock();
  const except = moves.map(({ session }) => session.id);
  for (const { session, at } of moves) {
    if (at > now || moves.length === 1) refuseUnlessAhead(ctx, { at, field });
    else {
      const from = session.scheduled_start_at.toISOString();
      throw new Refusal("in_the_past", "seriesInThePast", { at: from, field });
    }
    const span = { tutorId: session.tutor_id, from: at, to: endOf({ session, at }) };
    const met = await overlapping(trx, { ...span, except });
    if (met) throw overlapsLesson(met, field);
  }
  const met = metAmong(moves);
  const lesson = met && (await sessionWithPeople(trx, met.session.id));
  if (lesson) throw overlapsLesson({ ...lesson, scheduled_start_at: met.at }, field);
}

const endOf = ({ session, at }: Pick<Move, "session" | "at">): Date =>
  addMinutes(at, session.duration_minutes);

/** Where a change of clocks lies between them, two of the lessons may come to overlap. */
function metAmong(moves: Move[]): Move | null {
  const byStart = moves.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  return (
    byStart.find((move, index) => {
      const before = byStart[index - 1];
      return before !== undefined && endOf(before) > move.at;
    }) ?? null
  );
}

/** In an order in which none has to pass over another one that is still to move: the database refuses that. */
export function inOrderOfMoving(moves: Move[]): Move[] {
  const isEarlier = ({ session, at }: Move) => at < session.scheduled_start_at;
  const bySession = moves.toSorted(
    (a, b) => a.session.scheduled_start_at.getTime() - b.session.scheduled_start_at.getTime(),
  );
  return [
    ...bySession.filter(isEarlier),
    ...bySession.filter((move) => !isEarlier(move)).toReversed(),
  ];
}
