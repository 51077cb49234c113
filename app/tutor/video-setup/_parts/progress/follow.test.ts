import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Answer } from "#components/calls/api.ts";
import type { MigrationDetail } from "#lib/services/switching/views.ts";
import { follow, type Surroundings } from "./follow.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A stream that does nothing by itself. */
class Stream {
  readyState = 0;
  isClosed = false;
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onerror?: () => void;
  close(): void {
    this.isClosed = true;
  }
  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }
  /** The connection is gone: a browser would try again by itself. */
  cut(): void {
    this.readyState = 0;
    this.onerror?.();
  }
  /** The server answered with an error: a browser gives up. */
  refuse(): void {
    this.readyState = 2;
    this.onerror?.();
  }
}

const detail = (status: string) => ({ status }) as MigrationDetail;
const running: Answer<MigrationDetail> = { ok: true, status: 200, data: detail("running") };
const gone = { ok: false, problem: { status: 503 } } as Answer<MigrationDetail>;

/** One page. `reads` and `streams` are what it asked for. */
function page({
  random = () => 0.5,
  answer = () => running,
}: {
  random?: () => number;
  answer?: () => Answer<MigrationDetail>;
} = {}) {
  const streams: Stream[] = [];
  const readAt: number[] = [];
  const seen: string[] = [];
  const around: Surroundings = {
    openStream: () => {
      const stream = new Stream();
      streams.push(stream);
      return stream as unknown as EventSource;
    },
    read: async () => {
      readAt.push(Date.now());
      return answer();
    },
    random,
  };
  const stop = follow("m1", around, {
    detail: ({ status }) => void seen.push(status),
    offline: () => undefined,
    signedOut: () => void seen.push("signed out"),
  });
  return { streams, readAt, seen, stop, last: () => streams.at(-1) as Stream };
}

test("two hundred pages that a restart cuts off don't come back in the same second", async () => {
  const start = Date.now();
  let seed = 1;
  // Repeats itself, and is as even as chance.
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const isBack = () => Date.now() - start > 20_000;
  const pages = Array.from({ length: 200 }, () =>
    page({ random, answer: () => (isBack() ? running : gone) }),
  );
  for (const { last } of pages) last().open();
  for (const { last } of pages) last().cut();
  await vi.advanceTimersByTimeAsync(60_000);
  const seconds = Map.groupBy(
    pages.flatMap(({ readAt }) => readAt),
    (at) => Math.floor((at - start) / 1000),
  );
  expect(Math.max(...[...seconds.values()].map(({ length }) => length))).toBeLessThan(80);
  // And each has a stream again.
  expect(pages.every(({ streams }) => streams.length === 2)).toBe(true);
});

test("a page that has no room for a stream reads every five seconds, and asks for one each minute", async () => {
  const { streams, readAt, last, stop } = page();
  last().refuse();
  await vi.advanceTimersByTimeAsync(52_000);
  expect(streams.length).toBe(1);
  const pauses = readAt.slice(1).map((at, index) => at - (readAt[index] ?? 0));
  expect(pauses.length).toBeGreaterThan(8);
  expect(new Set(pauses)).toEqual(new Set([5_000]));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(streams.length).toBe(2);
  stop();
});

test("what has settled is asked about no more", async () => {
  const { streams, readAt, last, seen } = page();
  last().open();
  last().onmessage?.({ data: JSON.stringify(detail("completed")) });
  last().cut();
  await vi.advanceTimersByTimeAsync(120_000);
  expect([streams.length, readAt.length, seen]).toEqual([1, 0, ["completed"]]);
});

test("an answer that comes after the page was left tells nothing", async () => {
  const { last, stop, seen } = page();
  last().cut();
  await vi.advanceTimersByTimeAsync(1_999);
  stop();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(seen).toEqual([]);
});
