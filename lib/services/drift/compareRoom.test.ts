import { expect, test } from "vitest";
import type { Meeting } from "#lib/records/meetings/rules.ts";
import { afterRepair, answerOf, compareRoom } from "./compareRoom.ts";

const AT = new Date("2026-12-01T09:00:30Z");
const HOUR_LATER = new Date("2026-12-01T10:00:30Z");

test.each<[string, Partial<Meeting>, Partial<Found>]>([
  ["what was sent", {}, {}],
  ["a start without its seconds", {}, { startsAt: new Date("2026-12-01T09:00:00Z") }],
  ["single spaces", { title: "Algebra  with   Mia" }, { title: " Algebra with Mia" }],
  ["what was answered before", { answered_title: "Algebra ?" }, { title: "Algebra ?" }],
  ["a time that was answered before", { answered_starts_at: HOUR_LATER }, { startsAt: HOUR_LATER }],
])("%s is no difference", (_, row, found) => {
  expect(compare(row, found)).toEqual({ isWrong: false, learnt: {}, link: "same" });
});

test.each<[string, Partial<Meeting>, Partial<Found>]>([
  ["another title", {}, { title: "Something else" }],
  ["the title as it was sent, where it comes back otherwise", { answered_title: "Algebra ?" }, {}],
  ["another time", {}, { startsAt: HOUR_LATER }],
  ["a time that was refused for good", { error_code: "not_allowed" }, {}],
  [
    "a time that was put right, arrived, and is the other one again",
    { repaired_starts_at: HOUR_LATER, answered_starts_at: AT },
    { startsAt: HOUR_LATER },
  ],
])("%s is a difference", (_, row, found) => {
  expect(compare(row, found)).toMatchObject({ isWrong: true, learnt: {} });
});

test("the same difference again after a repair is the provider's spelling", () => {
  const title = "Algebra ?";
  expect(compare({ repaired_title: title }, { title })).toEqual({
    isWrong: false,
    learnt: { answered_title: title },
    link: "same",
  });
  expect(compare({ repaired_starts_at: HOUR_LATER }, { startsAt: HOUR_LATER })).toEqual({
    isWrong: false,
    learnt: { answered_starts_at: HOUR_LATER },
    link: "same",
  });
});

test("while a repair waits, the difference that it is for is there again and teaches nothing", () => {
  const waiting = { revision: 0, repaired_title: "Algebra ?", repaired_starts_at: HOUR_LATER };
  for (const change of [{ title: "Algebra ?" }, { startsAt: HOUR_LATER }]) {
    expect(compare(waiting, change)).toMatchObject({ isWrong: true, learnt: {} });
  }
});

test("a link that changes counts once; then only another room is news", () => {
  const again = { joinUrl: "https://zoom.us/j/1?pwd=b" };
  expect(compare({}, again).link).toBe("changed");
  expect(compare({ link_varies: true }, again).link).toBe("varies");
  expect(compare({ link_varies: true }, { joinUrl: "https://zoom.us/j/2?pwd=b" }).link).toBe(
    "changed",
  );
});

test("an answer's time is believed where it is the one that was told, or was there before as well", () => {
  const answer = { ...found(), startsAt: HOUR_LATER, title: "Algebra ?" };
  const first = { starts_at: AT, repaired_starts_at: null };
  expect(answerOf(first, answer)).toEqual({
    answered_title: "Algebra ?",
    answered_starts_at: null,
  });
  expect(answerOf({ ...first, repaired_starts_at: HOUR_LATER }, answer)).toEqual({
    answered_title: "Algebra ?",
    answered_starts_at: HOUR_LATER,
  });
  expect(answerOf(first, null)).toEqual({ answered_title: null, answered_starts_at: null });
});

test("a wrong time that went away with a repair teaches nothing when it is there again", () => {
  const repaired = { repaired_starts_at: HOUR_LATER };
  const gone = afterRepair(repaired, { ...found(), startsAt: AT });
  expect(gone).toEqual({ repaired_starts_at: null });
  const again = compare({ ...repaired, ...gone }, { startsAt: HOUR_LATER });
  expect(again).toMatchObject({ isWrong: true, learnt: {} });
  expect(afterRepair(repaired, { ...found(), startsAt: HOUR_LATER })).toEqual({});
  expect(afterRepair(repaired, null)).toEqual({});
});

type Found = ReturnType<typeof found>;
const found = () => ({
  state: "ready" as const,
  externalId: "1",
  joinUrl: "https://zoom.us/j/1?pwd=a",
  passcode: undefined,
  startsAt: AT,
  title: "Algebra with Mia",
});

function compare(row: Partial<Meeting>, more: Partial<Found>) {
  const room = {
    title: "Algebra with Mia",
    starts_at: AT,
    join_url: "https://zoom.us/j/1?pwd=a",
    answered_title: null,
    answered_starts_at: null,
    repaired_title: null,
    repaired_starts_at: null,
    link_varies: false,
    error_code: null,
    next_attempt_at: null,
    ...row,
  } as Meeting;
  return compareRoom(room, { ...found(), ...more }, 200);
}
