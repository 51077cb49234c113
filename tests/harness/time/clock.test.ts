import { expect, test } from "vitest";
import { testClock } from "./clock.ts";

test("a test clock moves only when told", () => {
  const clock = testClock("2026-11-02T09:00:00Z");
  clock.advance({ days: 1, minutes: 30 });
  expect(clock()).toEqual(new Date("2026-11-03T09:30:00Z"));
  clock().setFullYear(1970);
  expect(clock()).toEqual(new Date("2026-11-03T09:30:00Z"));
});
