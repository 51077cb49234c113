import { describe, expect, it } from "vitest";
import { testLesson } from "#app/sessions/_parts/testLesson.ts";
import type { Zone } from "#lib/platform/zones/zoneRules.ts";
import type { SessionView } from "#lib/services/sessions/views.ts";
import { zoneNamed as zoneRules } from "#tests/harness/time/zoneNamed.ts";
import { blocksOf, hoursOf, usualDay, weekOf, weeksFrom } from "./week.ts";

const BERLIN = zoneRules("Europe/Berlin");
const lesson = (start: string, durationMinutes = 60): SessionView =>
  testLesson({
    scheduledStartAt: start,
    scheduledEndAt: new Date(Date.parse(start) + durationMinutes * 60_000).toISOString(),
    durationMinutes,
  });
const placed = (day: string, zone: Zone, ...lessons: SessionView[]) => {
  const found = weekOf(day, zone).find(({ key }) => key === day);
  if (!found) throw new Error(`${day} isn't in its week`);
  return blocksOf(lessons, found, zone).map(({ from, to, lane, lanes }) => [from, to, lane, lanes]);
};

describe("a week", () => {
  it("goes from Monday to Sunday, by the clocks of the zone", () => {
    expect(weekOf("2026-11-19", BERLIN).map(({ key }) => key.slice(8))).toEqual([
      "16",
      "17",
      "18",
      "19",
      "20",
      "21",
      "22",
    ]);
  });

  it("is that of today, and on a weekend on which nothing is left the one to come", () => {
    const sundayNight = "2026-11-22T22:30:00Z";
    const [over, tonight, monday] = [
      lesson("2026-11-22T15:00:00Z"),
      lesson("2026-11-22T22:00:00Z"),
      lesson("2026-11-23T09:00:00Z"),
    ];
    expect(usualDay([over, monday], BERLIN, sundayNight)).toBe("2026-11-23");
    expect(usualDay([over, tonight], BERLIN, sundayNight)).toBe("2026-11-22");
    // In Auckland it is Monday already.
    expect(usualDay([tonight], zoneRules("Pacific/Auckland"), sundayNight)).toBe("2026-11-23");
    expect(usualDay([], BERLIN, "2026-11-20T22:30:00Z")).toBe("2026-11-20");
    expect(usualDay([], BERLIN, "2026-11-20T23:30:00Z")).toBe("2026-11-23");
  });

  it("has a day of 23 hours in spring and one of 25 in autumn", () => {
    const spring = weekOf("2026-03-29", BERLIN);
    expect(spring.map(({ hours }) => hours)).toEqual([24, 24, 24, 24, 24, 24, 23]);
    const autumn = weekOf("2026-10-25", BERLIN);
    expect(autumn.map(({ hours }) => hours)).toEqual([24, 24, 24, 24, 24, 24, 25]);
    expect(autumn.at(-1)).toMatchObject({
      from: "2026-10-24T22:00:00.000Z",
      to: "2026-10-25T23:00:00.000Z",
    });
  });

  it("is followed by the next one, also across a change of clocks and a new year", () => {
    expect(weeksFrom("2026-10-19", 1)).toBe("2026-10-26");
    expect(weeksFrom("2026-12-28", 1)).toBe("2027-01-04");
    expect(weeksFrom("2026-03-30", -1)).toBe("2026-03-23");
  });
});

describe("a lesson in its day", () => {
  it("stands where clocks show it", () => {
    expect(placed("2026-11-20", BERLIN, lesson("2026-11-20T15:00:00Z", 90))).toEqual([
      [960, 1050, 0, 1],
    ]);
  });

  it("reaches into the next day when it goes on past midnight", () => {
    const late = lesson("2026-11-20T22:30:00Z", 60);
    expect(placed("2026-11-20", BERLIN, late)).toEqual([[1410, 1440, 0, 1]]);
    expect(placed("2026-11-21", BERLIN, late)).toEqual([[0, 30, 0, 1]]);
    expect(placed("2026-11-22", BERLIN, late)).toEqual([]);
  });

  it("keeps its place on the day of 23 hours: 02:30 doesn't exist, 03:30 is shown", () => {
    expect(placed("2026-03-29", BERLIN, lesson("2026-03-29T01:30:00Z", 60))).toEqual([
      [210, 270, 0, 1],
    ]);
  });

  it("stands beside itself on the day of 25 hours: both 02:30 are there", () => {
    const both = [lesson("2026-10-25T00:30:00Z", 45), lesson("2026-10-25T01:30:00Z", 45)];
    expect(placed("2026-10-25", BERLIN, ...both)).toEqual([
      [150, 195, 0, 2],
      [150, 195, 1, 2],
    ]);
  });

  it("shares the width with those at the same time only", () => {
    const day = [
      lesson("2026-11-20T08:00:00Z", 120),
      lesson("2026-11-20T08:30:00Z", 30),
      lesson("2026-11-20T09:00:00Z", 60),
      lesson("2026-11-20T10:00:00Z", 60),
    ];
    expect(placed("2026-11-20", zoneRules("Etc/UTC"), ...day)).toEqual([
      [480, 600, 0, 2],
      [510, 540, 1, 2],
      [540, 600, 1, 2],
      [600, 660, 0, 1],
    ]);
  });
});

it("the hours shown are a working day's, and those that lessons need", () => {
  const hours = (...lessons: SessionView[]) => {
    const [day] = weekOf("2026-11-16", zoneRules("Etc/UTC"));
    return hoursOf(day ? blocksOf(lessons, day, zoneRules("Etc/UTC")) : []);
  };
  expect(hours()).toEqual({ first: 8, last: 18 });
  expect(hours(lesson("2026-11-16T05:30:00Z"), lesson("2026-11-16T20:15:00Z"))).toEqual({
    first: 5,
    last: 22,
  });
});
