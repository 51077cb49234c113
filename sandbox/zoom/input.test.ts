import { expect, test } from "vitest";
import { Refusal } from "./errors.ts";
import { meetingBody, startOf } from "./input.ts";

const start = (start_time: string, timezone = "Europe/Berlin") =>
  startOf({ start_time, timezone }).toISOString();

test("a start with Z is GMT, one without is what clocks in the zone show", () => {
  expect(start("2026-12-01T10:00:00Z")).toBe("2026-12-01T10:00:00.000Z");
  expect(start("2026-12-01T10:00:00")).toBe("2026-12-01T09:00:00.000Z");
  expect(start("2026-07-01T10:00:00", "America/St_Johns")).toBe("2026-07-01T12:30:00.000Z");
});

test("a local start that a change skips is the same time after it", () => {
  expect(start("2027-03-28T02:30:00")).toBe("2027-03-28T01:30:00.000Z");
});

test("what is no time, or no zone, is refused", () => {
  for (const text of ["02-30T10:00:00Z", "12-01T25:00:00", "12-01T10:60:00", "12-01T10:00:60"])
    expect(() => start(`2026-${text}`), text).toThrow(Refusal);
  for (const timezone of ["Mars/Olympus", "Berlin", "", "2026-12-01T10:00[Europe/Berlin]"])
    expect(() => meetingBody({ timezone }), timezone).toThrow(Refusal);
  expect(meetingBody({ timezone: "europe/berlin" })).toEqual({ timezone: "europe/berlin" });
});
