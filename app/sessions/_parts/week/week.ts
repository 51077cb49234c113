/**
 * A week at a glance, by the clocks of one zone. The hours of all seven days stand side by side, so a lesson
 * is placed by what clocks show then. On a day of 23 or 25 hours, one hour is left out or occurs twice.
 */
import { dayOf, minuteOfDay, mondayOf, plusDays, startOfDay } from "#lib/platform/localTime.ts";
import type { Zone } from "#lib/platform/zones/zoneRules.ts";
import type { SessionView } from "#lib/services/sessions/views.ts";

export interface WeekDay {
  /** "2026-11-16" */
  key: string;
  /** The day's first instant, and that of the next day. */
  from: string;
  to: string;
  /** 23 or 25 on days when clocks change. */
  hours: number;
}

/** Monday to Sunday of the week that contains the day. */
export function weekOf(day: string, zone: Zone): WeekDay[] {
  const monday = mondayOf(day);
  return Array.from({ length: 7 }, (_, index) => {
    const key = plusDays(monday, index);
    const from = startOfDay(key, zone);
    const to = startOfDay(plusDays(key, 1), zone);
    return { key, from, to, hours: (Date.parse(to) - Date.parse(from)) / HOUR };
  });
}

/**
 * The day whose week is shown where nobody asked for another: on a weekend on which nothing is left, that of the next
 * Monday.
 */
export function usualDay(sessions: SessionView[], zone: Zone, now: string): string {
  const today = dayOf(now, zone);
  const monday = plusDays(mondayOf(today), 7);
  if (plusDays(today, 2) < monday) return today;
  const isLeft = sessions.some(
    ({ scheduledEndAt: end, scheduledStartAt: start }) =>
      end > now && start < startOfDay(monday, zone),
  );
  return isLeft ? today : monday;
}

const HOUR = 3_600_000;

/** The Monday that many weeks after this one. */
export const weeksFrom = (key: string, weeks: number): string => plusDays(key, 7 * weeks);

/** A lesson's place in the column of one day. */
export interface Block {
  session: SessionView;
  /** Minutes after midnight, as clocks show them; `to` up to 1440. */
  from: number;
  to: number;
  /** Lessons at the same time stand side by side: in which lane, and of how many. */
  lane: number;
  lanes: number;
}

const SHORTEST = 25;

/** The day's lessons, soonest first, including those that continue from the day before. */
export function blocksOf(sessions: SessionView[], day: WeekDay, zone: Zone): Block[] {
  const blocks = sessions
    .filter(
      ({ scheduledStartAt: start, scheduledEndAt: end }) =>
        Date.parse(start) < Date.parse(day.to) && Date.parse(end) > Date.parse(day.from),
    )
    .map((session) => ({ session, ...span(session, day, zone), lane: 0, lanes: 1 }))
    .sort((a, b) => a.from - b.from || b.to - a.to);
  return inLanes(blocks);
}

function span(session: SessionView, day: WeekDay, zone: Zone): { from: number; to: number } {
  const { scheduledStartAt: start, scheduledEndAt: end } = session;
  const from = Date.parse(start) < Date.parse(day.from) ? 0 : minuteOfDay(start, zone);
  const shown = Date.parse(end) >= Date.parse(day.to) ? 1440 : minuteOfDay(end, zone);
  // If clocks go back during the lesson they may show an end before its start; then its length counts.
  const to = shown > from ? shown : from + session.durationMinutes;
  return { from, to: Math.min(1440, Math.max(to, from + SHORTEST)) };
}

/** Puts each lesson into the first free lane. Lessons that overlap, also in a chain, share the width. */
function inLanes(blocks: Block[]): Block[] {
  let group: Block[] = [];
  let ends: number[] = [];
  const close = () => {
    for (const block of group) block.lanes = ends.length;
    group = [];
    ends = [];
  };
  for (const block of blocks) {
    if (ends.every((end) => end <= block.from)) close();
    const free = ends.findIndex((end) => end <= block.from);
    block.lane = free === -1 ? ends.length : free;
    ends[block.lane] = block.to;
    group.push(block);
  }
  close();
  return blocks;
}

/** The hours to show: those of a working day, extended as far as the lessons need. */
export function hoursOf(blocks: Block[]): { first: number; last: number } {
  return {
    first: Math.min(8, ...blocks.map(({ from }) => Math.floor(from / 60))),
    last: Math.max(18, ...blocks.map(({ to }) => Math.ceil(to / 60))),
  };
}
