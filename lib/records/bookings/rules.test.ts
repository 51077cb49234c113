import { expect, test } from "vitest";
import { lessonStarts } from "./rules.ts";

const starts = (first: string, zone: string, weeks: number) =>
  lessonStarts(new Date(first), zone, weeks).map((start) => start.toISOString());

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
