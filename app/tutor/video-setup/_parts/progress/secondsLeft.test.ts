import { expect, test } from "vitest";
import type { MigrationSessionView } from "#lib/services/switching/views.ts";
import { secondsLeft } from "./secondsLeft.ts";

const now = "2027-01-04T10:00:20.000Z";
const running = {
  status: "running" as const,
  createdAt: "2027-01-04T10:00:00.000Z",
  moved: 4,
  failed: 0,
  remaining: 4,
  sessions: [],
};

const waiting = (nextAttemptAt: string): MigrationSessionView => ({
  sessionId: "s1",
  subject: "Algebra",
  student: "Mia",
  startsAt: "2027-01-05T10:00:00.000Z",
  state: "pending",
  from: null,
  to: null,
  attempts: 1,
  nextAttemptAt,
  lessonStatus: "SCHEDULED",
  since: null,
  enteredOld: 0,
  error: { code: "rate_limited", detail: null },
});

test("it goes by the pace so far, in steps of five", () => {
  expect(secondsLeft(running, now)).toBe(20);
  expect(secondsLeft({ ...running, moved: 3, failed: 1 }, now)).toBe(20);
});

test("it is never sooner than the provider's date for the next try", () => {
  const sessions = [waiting("2027-01-04T10:05:20.000Z")];
  expect(secondsLeft({ ...running, remaining: 1, sessions }, now)).toBe(300);
});

test("nothing is promised without a pace, beyond an hour, or once settled", () => {
  expect(secondsLeft({ ...running, moved: 1 }, now)).toBeNull();
  expect(secondsLeft({ ...running, remaining: 5000 }, now)).toBeNull();
  expect(secondsLeft({ ...running, status: "waiting" }, now)).toBeNull();
});
