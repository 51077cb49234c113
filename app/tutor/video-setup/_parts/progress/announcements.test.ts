import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Announcements } from "./announcements.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function region() {
  const said: string[] = [];
  let shown = "";
  const announcements = new Announcements((text) => {
    shown = text;
    if (text !== "") said.push(text);
  }, Date.now);
  return { said, announcements, shown: () => shown };
}

const of = (moved: number) => `${moved} of 100 lessons have their new room.`;

test("a hundred lessons in twenty seconds are told in six sentences at most, and the end is one of them", () => {
  const { said, announcements } = region();
  for (let moved = 1; moved <= 100; moved++) {
    announcements.say(of(moved), false);
    vi.advanceTimersByTime(200);
  }
  announcements.say("All moved", true);
  vi.advanceTimersByTime(10_000);
  expect(said.length).toBeLessThanOrEqual(6);
  expect(said.at(-1)).toBe("All moved");
});

test("a second change that fails right after the first is told, also in the same words", () => {
  const { said, announcements, shown } = region();
  for (const change of [1, 2]) {
    announcements.say(of(change), false);
    vi.advanceTimersByTime(200);
    announcements.say("Some sessions failed to migrate", true);
    vi.advanceTimersByTime(200);
  }
  expect(said).toEqual([
    of(1),
    "Some sessions failed to migrate",
    "Some sessions failed to migrate",
  ]);
  expect(shown()).toBe("Some sessions failed to migrate");
});

test("the last sentence of a change that stands still is said, and said once", () => {
  const { said, announcements } = region();
  announcements.say(of(1), false);
  vi.advanceTimersByTime(1_000);
  announcements.say(of(2), false);
  announcements.say(of(3), false);
  vi.advanceTimersByTime(60_000);
  announcements.say(of(3), false);
  vi.advanceTimersByTime(60_000);
  expect(said).toEqual([of(1), of(3)]);
});
