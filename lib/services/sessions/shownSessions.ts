/**
 * The lessons that one page shows: some hundreds around now, and beyond them those that its address asks for. A
 * tutor of many years has thousands, and a page with all of them would be a megabyte.
 */
import { addSeconds } from "#lib/platform/clock.ts";
import type { Trx } from "#lib/platform/db.ts";
import { lessonsAhead, lessonsBetween, lessonsOver } from "#lib/records/sessions/queries/shown.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { readSessions } from "./listSessions.ts";
import type { SessionView } from "./views.ts";

const AHEAD = 200;
const OVER = 100;
const DAY_SECONDS = 86_400;

/** Days by UTC, such as "2026-11-16", or null. */
export interface Asked {
  view: "upcoming" | "week" | "past";
  /** The lessons ahead from this day on. */
  from: string | null;
  /** The lessons that are over, or cancelled, before the end of this day. */
  until: string | null;
  /** A day of the week that is shown; null for the present one. */
  week: string | null;
}

export interface ShownSessions {
  /** By start. */
  sessions: SessionView[];
  /** Whether these are all lessons that the person has. */
  isAll: boolean;
  /** The day on which the lessons ahead go on behind those that are shown; null where none are left. */
  later: string | null;
  /** The day of the last lesson that is over before those that are shown; null where none are left. */
  earlier: string | null;
}

export async function shownSessions(
  ctx: Context,
  person: Person,
  { view, from, until, week }: Asked,
): Promise<ShownSessions> {
  const now = ctx.clock();
  let isAll = false;
  let later: Date | null = null;
  let earlier: Date | null = null;
  const sessions = await readSessions(ctx, person, async (trx) => {
    const aheadFrom = (day: Date | null) => lessonsAhead(trx, { now, from: day, least: AHEAD });
    const overBefore = (day: Date | null) => lessonsOver(trx, { now, before: day, least: OVER });
    const ahead = await aheadFrom(null);
    const over = await overBefore(null);
    const aheadAsked = from ? await aheadFrom(dayStart(from)) : ahead;
    const overAsked = until ? await overBefore(dayEnd(until)) : over;
    isAll = !ahead.next && !over.next;
    later = aheadAsked.next;
    earlier = overAsked.next;
    // A list gets no lessons of a week: it would hold a far one right behind its last lesson, as if there were
    // nothing in between.
    const ofWeek = view === "week" ? await aroundWeek(trx, week ? dayStart(week) : now) : [];
    const all = [ahead, aheadAsked, over, overAsked].flatMap(({ lessons }) => lessons);
    return [...new Map([...all, ...ofWeek].map((row) => [row.id, row])).values()];
  });
  sessions.sort(byStart);
  return { sessions, isAll, later: dayOf(later), earlier: dayOf(earlier) };
}

/** The week's first and last day begin and end elsewhere in other zones. */
const aroundWeek = (trx: Trx, at: Date) =>
  lessonsBetween(trx, addSeconds(at, -8 * DAY_SECONDS), addSeconds(at, 8 * DAY_SECONDS));

const byStart = (a: SessionView, b: SessionView): number =>
  Date.parse(a.scheduledStartAt) - Date.parse(b.scheduledStartAt) || (a.id < b.id ? -1 : 1);

const dayStart = (day: string): Date => new Date(`${day}T00:00:00Z`);
const dayEnd = (day: string): Date => addSeconds(dayStart(day), DAY_SECONDS);
const dayOf = (at: Date | null): string | null => at?.toISOString().slice(0, 10) ?? null;
