import { describe, expect, it } from "vitest";
import { UTC } from "#lib/platform/zones/zoneRules.ts";
import { zoneNamed as zoneRules } from "#tests/harness/time/zoneNamed.ts";
import {
  countdown,
  dayOf,
  fromLocalInput,
  isDay,
  mondayOf,
  plusDays,
  sameClock,
  startOfDay,
  toLocalInput,
} from "./localTime.ts";

const berlin = zoneRules("Europe/Berlin");
const newYork = zoneRules("America/New_York");

it("a countdown goes down to zero and not below", () => {
  expect(countdown("2026-11-20T15:00:00Z", "2026-11-20T14:55:51Z")).toBe("04:09");
  expect(countdown("2026-11-20T15:00:00Z", "2026-11-20T13:55:51Z")).toBe("1:04:09");
  expect(countdown("2026-11-20T15:00:00Z", "2026-11-20T15:00:01Z")).toBe("00:00");
});

it("two zones' clocks agree at one instant and not at another", () => {
  expect(sameClock("2026-11-20T15:00:00Z", berlin, zoneRules("Europe/Paris"))).toBe(true);
  expect(sameClock("2026-11-20T15:00:00Z", berlin, newYork)).toBe(false);
  expect(sameClock("2026-07-20T15:00:00Z", zoneRules("Europe/London"), UTC)).toBe(false);
  expect(sameClock("2026-11-20T15:00:00Z", zoneRules("Europe/London"), UTC)).toBe(true);
});

describe("a day", () => {
  it("is the one on the zone's calendar, and begins there", () => {
    expect(dayOf("2026-11-20T23:30:00Z", berlin)).toBe("2026-11-21");
    expect(startOfDay("2026-11-21", berlin)).toBe("2026-11-20T23:00:00.000Z");
    expect(startOfDay("2026-07-21", zoneRules("America/St_Johns"))).toBe(
      "2026-07-21T02:30:00.000Z",
    );
  });

  it("begins after the hour that clocks skip at midnight", () => {
    expect(startOfDay("2026-09-06", zoneRules("America/Santiago"))).toBe(
      "2026-09-06T04:00:00.000Z",
    );
  });

  it("belongs to a week, also on a Sunday and across a new year", () => {
    expect(mondayOf("2026-11-22")).toBe("2026-11-16");
    expect(mondayOf("2026-11-16")).toBe("2026-11-16");
    expect(mondayOf("2027-01-01")).toBe("2026-12-28");
    expect(plusDays("2026-02-28", 1)).toBe("2026-03-01");
  });

  it("is one of the calendar", () => {
    expect(["2026-11-16", "2028-02-29"].every(isDay)).toBe(true);
    expect(["2026-02-30", "2026-13-01", "16.11.2026", "", "2026-11-16T00:00"].some(isDay)).toBe(
      false,
    );
  });

  it("is in a year that the database and every clock can write, with room before and after it", () => {
    expect(["1970-01-01", "2999-12-31"].every(isDay)).toBe(true);
    const far = [
      "0000-01-01",
      "0001-01-01",
      "1969-12-31",
      "3000-01-01",
      "9999-12-31",
      "10000-01-01",
    ];
    expect([...far, "+275760-09-13", "-000001-01-01"].filter(isDay)).toEqual([]);
  });
});

it("clocks in a zone are read right at every hour of a year, as Temporal does", () => {
  for (const zone of [berlin, zoneRules("Australia/Lord_Howe"), zoneRules("Africa/Cairo")]) {
    for (let at = Date.parse("2026-01-01T00:30Z"); at < Date.parse("2027-01-01"); at += 3_600_000) {
      const iso = new Date(at).toISOString();
      const there = Temporal.Instant.from(iso).toZonedDateTimeISO(zone.name).toPlainDateTime();
      const shown = there.toString({ smallestUnit: "minute" });
      // Of a doubled time the first one counts, as `fromLocalInput` promises.
      const first = there.toZonedDateTime(zone.name);
      expect(toLocalInput(iso, zone)).toBe(shown);
      expect(fromLocalInput(shown, zone)).toBe(new Date(first.epochMilliseconds).toISOString());
    }
  }
});

describe("a date-time input", () => {
  it("means the viewer's zone and comes back as the same instant", () => {
    const iso = "2026-11-20T15:00:00.000Z";
    expect(toLocalInput(iso, newYork)).toBe("2026-11-20T10:00");
    expect(fromLocalInput("2026-11-20T10:00", newYork)).toBe(iso);
  });

  it("takes a skipped time as the same time after the change, and the first of a doubled one", () => {
    expect(fromLocalInput("2026-03-29T02:30", berlin)).toBe("2026-03-29T01:30:00.000Z");
    expect(fromLocalInput("2026-10-25T02:30", berlin)).toBe("2026-10-25T00:30:00.000Z");
  });

  it("refuses what is no date", () => {
    expect(fromLocalInput("", berlin)).toBeNull();
    expect(fromLocalInput("2026-13-40T10:00", berlin)).toBeNull();
    expect(fromLocalInput("0000-01-01T00:00", berlin)).toBeNull();
    expect(fromLocalInput("9999-12-31T23:59", berlin)).toBeNull();
  });
});
