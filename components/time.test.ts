import { describe, expect, it } from "vitest";
import {
  clock,
  clockRange,
  countdown,
  day,
  dayAndClock,
  fromLocalInput,
  instantsInZone,
  sameClock,
  soon,
  toLocalInput,
  zoneName,
} from "./time.ts";

const berlin = "Europe/Berlin";
const newYork = "America/New_York";

describe("times on a page", () => {
  it("show one instant as each zone's clocks show it", () => {
    expect(clock("2026-11-20T15:00:00Z", berlin)).toBe("16:00");
    expect(clock("2026-11-20T15:00:00Z", newYork)).toBe("10:00");
    expect(clockRange("2026-11-20T15:00:00Z", "2026-11-20T15:45:00Z", berlin)).toBe(
      "16:00 – 16:45",
    );
  });

  it("stay right on both sides of a daylight-saving change", () => {
    expect(clock("2026-10-24T14:00:00Z", berlin)).toBe("16:00");
    expect(clock("2026-10-26T15:00:00Z", berlin)).toBe("16:00");
    expect(zoneName(berlin, "2026-10-24T14:00:00Z")).toBe("Europe/Berlin (UTC+2)");
    expect(zoneName(berlin, "2026-10-26T15:00:00Z")).toBe("Europe/Berlin (UTC+1)");
    expect(zoneName(newYork, "2026-11-20T15:00:00Z")).toBe("America/New York (UTC−5)");
  });

  it("name days by the zone's calendar, not by UTC's", () => {
    const now = "2026-11-20T22:30:00Z";
    expect(day("2026-11-20T23:30:00Z", berlin, now)).toBe("Tomorrow");
    expect(day("2026-11-20T23:30:00Z", newYork, now)).toBe("Today");
    expect(day("2027-01-04T10:00:00Z", berlin, now)).toBe("Mon 4 January 2027");
    expect(dayAndClock("2026-11-21T09:00:00Z", berlin, now)).toBe("tomorrow 10:00");
  });

  it("call the day after a 25-hour day tomorrow", () => {
    expect(day("2026-10-26T22:30:00Z", berlin, "2026-10-25T12:00:00Z")).toBe("Tomorrow");
  });

  it("say how soon only on the same day", () => {
    const now = "2026-11-20T14:48:00Z";
    expect(soon("2026-11-20T15:00:00Z", berlin, now)).toBe("in 12 min");
    expect(soon("2026-11-20T16:18:00Z", berlin, now)).toBe("in 1 h 30 min");
    expect(soon("2026-11-21T15:00:00Z", berlin, now)).toBeNull();
    expect(soon("2026-11-20T14:00:00Z", berlin, now)).toBeNull();
  });

  it("count down to zero and not below", () => {
    expect(countdown("2026-11-20T15:00:00Z", "2026-11-20T14:55:51Z")).toBe("04:09");
    expect(countdown("2026-11-20T15:00:00Z", "2026-11-20T13:55:51Z")).toBe("1:04:09");
    expect(countdown("2026-11-20T15:00:00Z", "2026-11-20T15:00:01Z")).toBe("00:00");
  });

  it("know when two zones' clocks agree", () => {
    expect(sameClock("2026-11-20T15:00:00Z", berlin, "Europe/Paris")).toBe(true);
    expect(sameClock("2026-11-20T15:00:00Z", berlin, newYork)).toBe(false);
  });
});

it("an instant in a sentence of the API is shown in the viewer's zone", () => {
  const sentence = "This overlaps your lesson at 2026-11-21T15:00:00.000Z.";
  expect(instantsInZone(sentence, berlin, "2026-11-20T12:00:00Z")).toBe(
    "This overlaps your lesson at tomorrow 16:00.",
  );
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
  });
});
