import { expect, test } from "vitest";
import { zoneNamed as zoneRules } from "#tests/harness/time/zoneNamed.ts";
import { areWeekly, lessonStarts } from "./rules.ts";

const berlin = zoneRules("Europe/Berlin");
const starts = (first: string, zone: string, weeks: number) =>
  lessonStarts(new Date(first), zoneRules(zone), weeks).map((start) => start.toISOString());

test("a weekly lesson stays at its local time when summer time ends and begins", () => {
  expect(starts("2026-10-20T14:00:00Z", "Europe/Berlin", 2)).toEqual([
    "2026-10-20T14:00:00.000Z",
    "2026-10-27T15:00:00.000Z",
  ]);
  expect(starts("2027-03-09T21:00:00Z", "America/New_York", 2)).toEqual([
    "2027-03-09T21:00:00.000Z",
    "2027-03-16T20:00:00.000Z",
  ]);
  expect(starts("2026-10-20T10:30:00Z", "Asia/Kolkata", 2)).toEqual([
    "2026-10-20T10:30:00.000Z",
    "2026-10-27T10:30:00.000Z",
  ]);
});

test("a local time that a change skips is the same time after it", () => {
  // Berlin goes from 02:00 to 03:00 on 28 March 2027.
  expect(starts("2027-03-21T01:30:00Z", "Europe/Berlin", 3)).toEqual([
    "2027-03-21T01:30:00.000Z",
    "2027-03-28T01:30:00.000Z",
    "2027-04-04T00:30:00.000Z",
  ]);
});

test("a local time that comes twice means the first", () => {
  // Berlin goes from 03:00 back to 02:00 on 25 October 2026.
  expect(starts("2026-10-18T00:30:00Z", "Europe/Berlin", 2)[1]).toBe("2026-10-25T00:30:00.000Z");
});

test("a time that comes twice means the first also for lessons that began in winter", () => {
  expect(starts("2026-03-22T01:30:00Z", "Europe/Berlin", 32)[31]).toBe("2026-10-25T00:30:00.000Z");
  // Lord Howe's clocks go back by half an hour only, from 02:00 on 4 April 2027.
  const lordHowe = starts("2026-04-11T15:15:00Z", "Australia/Lord_Howe", 52);
  expect(lordHowe[51]).toBe("2027-04-03T14:45:00.000Z");
});

test("the first lesson is at the very instant asked for, and its seconds stay", () => {
  const second = "2026-10-25T01:30:00.000Z"; // Berlin's clocks show 02:30 for the second time.
  expect(starts(second, "Europe/Berlin", 2)).toEqual([second, "2026-11-01T01:30:00.000Z"]);
  expect(starts("2026-10-24T10:00:07.250Z", "Europe/Berlin", 2)[1]).toBe(
    "2026-10-31T11:00:07.250Z",
  );
});

test("a skipped time after months of summer time is the same time after the change", () => {
  expect(starts("2026-08-30T00:30:00Z", "Europe/Berlin", 31)[30]).toBe("2027-03-28T01:30:00.000Z");
});

test("lessons are weekly as long as they are at one local time of one weekday, whatever weeks are missing", () => {
  const series = lessonStarts(new Date("2026-10-12T14:00:00Z"), berlin, 6);
  const without = (...weeks: number[]) => series.filter((_, week) => !weeks.includes(week));
  expect(areWeekly(series, berlin)).toBe(true);
  expect(areWeekly(without(0, 3), berlin)).toBe(true);
  expect(areWeekly(series.slice(0, 1), berlin)).toBe(true);
  // The clocks go back between them.
  expect(areWeekly(series, zoneRules("UTC"))).toBe(false);
  const moved = new Date(Number(series[5]) + 3_600_000);
  expect(areWeekly([...without(5), moved], berlin)).toBe(false);
  expect(areWeekly([], berlin)).toBe(true);
});
