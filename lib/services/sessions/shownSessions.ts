/**
 * The lessons that one page shows: some hundreds around now, and beyond them those that its address asks for. A
 * tutor of many years has thousands, and a page with all of them would be a megabyte.
 */
import { addSeconds } from "#lib/platform/clock.ts";
import { lessonsBetween, lessonsFrom, lessonsUntil } from "#lib/records/sessions/queries/shown.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { readSessions } from "./listSessions.ts";
import type { SessionView } from "./views.ts";

const AHEAD = 200;
const OVER = 100;
const DAY_SECONDS = 86_400;

/** Days by UTC, such as "2026-11-16", or null. */
export interface Asked {
  view: "upcoming" | "week" | "past";
  /** The lessons from this day on. */
  from: string | null;
  /** The lessons before the end of this day. */
  until: string | null;
  /** A day of the week that is shown; null for the present one. */
  week: string | null;
}

export interface ShownSessions {
  /** By start. */
  sessions: SessionView[];
  /** Whether these are all lessons that the person has. */
  isAll: boolean;
  /** The day on which the lessons go on behind those that are shown; null where none are left. */
  later: string | null;
  /** The day of the last lesson before those that are shown; null where none are left. */
  earlier: string | null;
}

export async function shownSessions(
  ctx: Context,
  person: Person,
  { view, from, until, week }: Asked,
): Promise<ShownSessions> {
  const now = ctx.clock();
  let isAll = false;
  let later: Date | undefined;
  let earlier: Date | undefined;
  const sessions = await readSessions(ctx, person, async (trx) => {
    const ahead = await lessonsFrom(trx, now, AHEAD + 1);
    const over = await lessonsUntil(trx, now, OVER + 1);
    const aheadAsked = from ? await lessonsFrom(trx, dayStart(from), AHEAD + 1) : ahead;
    const overAsked = until ? await lessonsUntil(trx, dayEnd(until), OVER + 1) : over;
    isAll = ahead.length <= AHEAD && over.length <= OVER;
    later = aheadAsked[AHEAD]?.scheduled_start_at;
    earlier = overAsked[OVER]?.scheduled_start_at;
    // The week's first and last day begin and end elsewhere in other zones. A list gets none of them: it would
    // hold a far week right behind its last lesson, as if there were nothing in between.
    const isWeek = view === "week" && week !== null;
    const ofWeek = isWeek
      ? await lessonsBetween(
          trx,
          addSeconds(dayStart(week), -8 * DAY_SECONDS),
          addSeconds(dayStart(week), 8 * DAY_SECONDS),
        )
      : [];
    const all = [ahead, aheadAsked].flatMap((rows) => rows.slice(0, AHEAD));
    all.push(...[over, overAsked].flatMap((rows) => rows.slice(0, OVER)), ...ofWeek);
    return [...new Map(all.map((row) => [row.id, row])).values()];
  });
  sessions.sort((a, b) => Date.parse(a.scheduledStartAt) - Date.parse(b.scheduledStartAt));
  return { sessions, isAll, later: dayOf(later), earlier: dayOf(earlier) };
}

const dayStart = (day: string): Date => new Date(`${day}T00:00:00Z`);
const dayEnd = (day: string): Date => addSeconds(dayStart(day), DAY_SECONDS);
const dayOf = (at: Date | undefined): string | null => at?.toISOString().slice(0, 10) ?? null;
