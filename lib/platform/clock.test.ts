import { expect, test } from "vitest";
import { nextUtcMidnight } from "./clock.ts";

const now = new Date("2026-11-20T15:30:00Z");

test("the next midnight is UTC's, also at the end of a month and at midnight itself", () => {
  expect(nextUtcMidnight(now).toISOString()).toBe("2026-11-21T00:00:00.000Z");
  expect(nextUtcMidnight(new Date("2026-12-31T23:59:59Z")).toISOString()).toBe(
    "2027-01-01T00:00:00.000Z",
  );
  expect(nextUtcMidnight(new Date("2026-12-01T00:00:00Z")).toISOString()).toBe(
    "2026-12-02T00:00:00.000Z",
  );
});
