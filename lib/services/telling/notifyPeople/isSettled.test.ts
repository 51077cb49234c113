import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { isSettled, type Scene } from "./isSettled.ts";

const now = new Date("2026-11-20T12:00:00Z");
const atRest: Scene = { isRunning: false, isMoving: false, mayHurry: true };
const lesson = (moved: number, startsIn: number) => ({
  meeting_created_at: addMinutes(now, -moved),
  scheduled_start_at: addMinutes(now, startsIn),
});

test.each<[string, boolean, ReturnType<typeof lesson>[], Partial<Scene>]>([
  ["just moved", false, [lesson(1, 600)], {}],
  ["moved two minutes ago", true, [lesson(2, 600)], {}],
  ["the last of them just moved", false, [lesson(9, 600), lesson(1, 900)], {}],
  ["one is near", true, [lesson(0, 60), lesson(0, 900)], {}],
  ["near, but the tutor did it", false, [lesson(0, 60)], { mayHurry: false }],
  ["near, others on their way", false, [lesson(0, 60)], { isRunning: true, isMoving: true }],
  ["near, others late", true, [lesson(1, 60)], { isRunning: true, isMoving: true }],
  ["another student's lesson still fails", false, [lesson(14, 600)], { isRunning: true }],
  ["and has failed for long", true, [lesson(15, 600)], { isRunning: true }],
  ["nothing moved", false, [], {}],
])("lessons of which %s are told now: %s", (_, expected, lessons, scene) => {
  expect(isSettled(lessons, { ...atRest, ...scene }, now)).toBe(expected);
});
