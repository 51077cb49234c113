import { expect, test } from "vitest";
import { parseRetryAfter } from "#lib/providers/retryAfter.ts";

const now = new Date("2026-11-20T15:30:00Z");

test.each([
  ["120", "2026-11-20T15:32:00.000Z"],
  [" 0 ", "2026-11-20T15:30:00.000Z"],
  ["Fri, 20 Nov 2026 16:00:00 GMT", "2026-11-20T16:00:00.000Z"],
  ["2026-11-21T00:00:00Z", "2026-11-21T00:00:00.000Z"],
  ["2026-11-21T01:00:00+01:00", "2026-11-21T00:00:00.000Z"],
  ["2026-11-21T00:00:00.000Z", "2026-11-21T00:00:00.000Z"],
])("every form of Retry-After names its moment: %s", (value, moment) => {
  expect(parseRetryAfter(value, now)?.toISOString()).toBe(moment);
});

test("a date-time without a zone is UTC, whatever the machine's zone", () => {
  expect(parseRetryAfter("2026-11-21T00:00:00", now)?.toISOString()).toBe(
    "2026-11-21T00:00:00.000Z",
  );
});

test.each([
  [null],
  [""],
  ["soon"],
  ["-5"],
  ["2026-13-45T99:00:00Z"],
  ["9".repeat(40)],
  ["9".repeat(12)],
  ["9999-12-31T23:59:59-23:59"],
])("what can't be read is no moment: %s", (value) => {
  expect(parseRetryAfter(value, now)).toBeUndefined();
});
