import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { tellOfWaiting } from "./waiting.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** How often it is said, with so many waiting at each look. */
function said(...looks: number[]): number {
  const warn = vi.fn();
  let next = 0;
  const end = tellOfWaiting(() => looks[next++] ?? 0, { warn });
  vi.advanceTimersByTime(looks.length * 5_000);
  end();
  vi.advanceTimersByTime(60_000);
  return warn.mock.calls.length;
}

test("who waits for a connection for seconds is told of once a minute, and a moment's wait isn't", () => {
  expect(said(0, 0, 0)).toBe(0);
  expect(said(3, 0, 3, 0)).toBe(0);
  expect(said(3, 3)).toBe(1);
  expect(said(...Array(13).fill(3))).toBe(1);
  expect(said(...Array(15).fill(3))).toBe(2);
});
