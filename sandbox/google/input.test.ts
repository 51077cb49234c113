import { expect, test } from "vitest";
import { eventTime, Refusal } from "./input.ts";
import { shownTime } from "./store.ts";

const berlin = "Europe/Berlin";
const read = (dateTime: string, timeZone?: string) => eventTime({ dateTime, timeZone }, "start");
const refused = (dateTime: string, timeZone?: string) =>
  expect(() => read(dateTime, timeZone), `${dateTime} ${timeZone}`).toThrow(Refusal);

test("an offset says the instant, whatever the zone; without one the zone does", () => {
  const at = "2026-12-01T04:30:00.000Z";
  expect(read("2026-12-01T10:00:00+05:30")).toEqual({ at, timeZone: null });
  expect(read("2026-12-01T10:00:00+0530", berlin)).toEqual({ at, timeZone: berlin });
  expect(read("2026-12-01T04:30:00Z", berlin)).toEqual({ at, timeZone: berlin });
  expect(read("2026-12-01T05:30:00", berlin)).toEqual({ at, timeZone: berlin });
  expect(read("2026-12-01T05:30", "europe/berlin").at).toBe(at);
  expect(read("2026-12-01T04:30:00.250Z").at).toBe("2026-12-01T04:30:00.250Z");
});

test("a local time that a change skips is the same time after it", () => {
  expect(read("2027-03-28T02:30:00", berlin).at).toBe("2027-03-28T01:30:00.000Z");
  expect(read("2027-03-14T02:30:00", "America/New_York").at).toBe("2027-03-14T07:30:00.000Z");
});

test("a local time that comes twice means the first, at any time of the year", () => {
  expect(read("2026-10-25T02:30:00", berlin).at).toBe("2026-10-25T00:30:00.000Z");
  expect(read("2027-11-07T01:30:00", "America/New_York").at).toBe("2027-11-07T05:30:00.000Z");
});

test("what is no time, or in no zone, is refused", () => {
  for (const zone of ["Mars/Olympus", "Berlin", "", "local", "2026-12-01T10:00[Europe/Berlin]"])
    refused("2026-12-01T10:00:00", zone);
  refused("2026-12-01T10:00:00");
  for (const text of ["02-30T10:00:00Z", "12-01T25:00:00Z", "12-01T10:60:00Z", "12-01T10:00:60Z"])
    refused(`2026-${text}`);
  for (const text of ["2026-12-01", "2026-W49-2T10:00:00", "2026-12-01T24:00:00", "tomorrow"])
    refused(text, berlin);
});

test("a time is shown with its own zone's offset", () => {
  const shown = (at: string, timeZone: string | null) => shownTime({ at, timeZone }).dateTime;
  expect(shown("2026-12-01T10:00:00.000Z", berlin)).toBe("2026-12-01T11:00:00+01:00");
  expect(shown("2026-12-01T10:00:00.000Z", "America/St_Johns")).toBe("2026-12-01T06:30:00-03:30");
  expect(shown("2026-12-01T10:00:00.000Z", "Europe/London")).toBe("2026-12-01T10:00:00+00:00");
  expect(shown("2026-12-01T10:00:00.000Z", "UTC")).toBe("2026-12-01T10:00:00Z");
  expect(shown("2026-12-01T10:00:00.000Z", null)).toBe("2026-12-01T10:00:00Z");
});
