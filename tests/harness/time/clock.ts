import { addSeconds, type Clock } from "#lib/platform/clock.ts";

export interface TestClock extends Clock {
  set(at: Date | string): void;
  advance(by: { seconds?: number; minutes?: number; hours?: number; days?: number }): void;
}

/** A clock that stands still until a test moves it. */
export function testClock(start: Date | string = "2026-11-02T09:00:00Z"): TestClock {
  let now = new Date(start);
  return Object.assign(() => new Date(now), {
    set: (at: Date | string) => {
      now = new Date(at);
    },
    advance: ({ seconds = 0, minutes = 0, hours = 0, days = 0 }) => {
      now = addSeconds(now, seconds + 60 * (minutes + 60 * (hours + 24 * days)));
    },
  });
}
