import { expect, test } from "vitest";
import { daysFor, secondsFor } from "./forecast.ts";

const now = new Date("2027-01-04T09:00:00Z");
const [tuesday, wednesday] = [new Date("2027-01-05T00:00:00Z"), new Date("2027-01-06T00:00:00Z")];
const limit = { cost: 1, taken: 0, allowed: (reserved: boolean) => (reserved ? 5 : 3) };
const call = { reserved: false, until: new Date("2027-02-01T00:00:00Z") };
const calls = (count: number) => Array.from({ length: count }, () => call);

test("what a day has left goes at once, the rest on the days after it, in order", () => {
  expect(daysFor(calls(7), { ...limit, taken: 1 }, now)).toEqual([
    null,
    null,
    tuesday,
    tuesday,
    tuesday,
    wednesday,
    wednesday,
  ]);
});

const kept = { ...call, reserved: true };

test("a call that may use the reserved quota goes while others wait", () => {
  expect(daysFor([call, kept, kept], { ...limit, taken: 3 }, now)).toEqual([tuesday, null, null]);
});

test("a call whose time is over before its permit takes nobody's place on the days after", () => {
  const soon = { ...call, until: new Date("2027-01-04T20:00:00Z") };
  expect(daysFor([soon, soon, ...calls(4)], { ...limit, taken: 3 }, now)).toEqual([
    "never",
    "never",
    tuesday,
    tuesday,
    tuesday,
    wednesday,
  ]);
});

test("a full day makes all wait, and nothing to do takes no day", () => {
  expect(daysFor(calls(1), { ...limit, taken: 100 }, now)).toEqual([tuesday]);
  expect(daysFor([], limit, now)).toEqual([]);
});

test("a limit that allows nothing on any day is said, not waited for", () => {
  expect(() => daysFor(calls(1), { ...limit, allowed: () => 0 }, now)).toThrow("no call at all");
});

test("how long it takes goes by the tightest of the limits by second and minute", () => {
  const slow = {
    name: "a",
    per: "user",
    window: "second",
    calls: 2,
    costs: { create: 1 },
  } as const;
  const day = { ...slow, window: "utc_day" } as const;
  expect(secondsFor(100, [slow, day], 3)).toBeGreaterThan(90);
  expect(secondsFor(100, [day], 4)).toBeCloseTo(17.5);
  expect(secondsFor(1, [], 4)).toBeCloseTo(0.7);
});
