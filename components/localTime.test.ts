import { describe, expect, it } from "vitest";
import { countdown, fromLocalInput, sameClock, toLocalInput } from "./localTime.ts";

const berlin = "Europe/Berlin";
const newYork = "America/New_York";

it("a countdown goes down to zero and not below", () => {
  expect(countdown("2026-11-20T15:00:00Z", "2026-11-20T14:55:51Z")).toBe("04:09");
  expect(countdown("2026-11-20T15:00:00Z", "2026-11-20T13:55:51Z")).toBe("1:04:09");
  expect(countdown("2026-11-20T15:00:00Z", "2026-11-20T15:00:01Z")).toBe("00:00");
});

it("two zones' clocks agree at one instant and not at another", () => {
  expect(sameClock("2026-11-20T15:00:00Z", berlin, "Europe/Paris")).toBe(true);
  expect(sameClock("2026-11-20T15:00:00Z", berlin, newYork)).toBe(false);
  expect(sameClock("2026-07-20T15:00:00Z", "Europe/London", "UTC")).toBe(false);
  expect(sameClock("2026-11-20T15:00:00Z", "Europe/London", "UTC")).toBe(true);
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
