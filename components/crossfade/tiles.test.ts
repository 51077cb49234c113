import { expect, test } from "vitest";
import { wordsFor } from "#lib/platform/words.ts";
import type { MigrationSessionView } from "#lib/services/switching/views.ts";
import { zoneNamed } from "#tests/harness/time/zoneNamed.ts";
import { timesIn } from "../time/times.ts";
import { groupTiles, tileSize } from "./groups.ts";
import { countKinds, tileOf, tilesOfCounts } from "./tiles.ts";

const times = timesIn(wordsFor("en", "time"), "en", zoneNamed("Europe/Berlin"));

const session = (of: Partial<MigrationSessionView>): MigrationSessionView => ({
  sessionId: "s1",
  subject: "Algebra",
  student: "Mia",
  startsAt: "2026-12-08T15:00:00.000Z",
  state: "pending",
  from: { provider: "zoom", url: "https://zoom.example/j/1" },
  to: null,
  attempts: 0,
  nextAttemptAt: null,
  lessonStatus: "SCHEDULED",
  since: null,
  enteredOld: 0,
  error: null,
  ...of,
});

const kindOf = (of: Partial<MigrationSessionView>) => tileOf(session(of), "google_meet").kind;

test("a tile tells what became of its lesson, and what a newer change has answered for is nobody's trouble", () => {
  expect(kindOf({})).toBe("before");
  expect(kindOf({ state: "moving" })).toBe("moving");
  expect(kindOf({ state: "moved" })).toBe("moved");
  expect(kindOf({ state: "failed" })).toBe("failed");
  expect(kindOf({ state: "failed", since: "own_link" })).toBe("left");
  expect(kindOf({ state: "deferred" })).toBe("waiting");
  expect(kindOf({ state: "deferred", since: "moved" })).toBe("left");
  expect(kindOf({ state: "skipped" })).toBe("left");
  expect(tileOf(session({ lessonStatus: "JOIN_OPEN" }), "zoom").isOpen).toBe(true);
  expect(tileOf(session({ from: null }), "zoom").from).toBeNull();
});

test("lessons stand in the weeks of the viewer's calendar, soonest first", () => {
  const tiles = [
    // Monday already in Berlin, and still Sunday in UTC.
    session({ sessionId: "c", startsAt: "2026-12-13T23:30:00.000Z" }),
    session({ sessionId: "b", startsAt: "2026-12-13T22:30:00.000Z" }),
    session({ sessionId: "a", startsAt: "2026-12-07T08:00:00.000Z" }),
  ].map((one) => tileOf(one, "zoom"));
  const shown = groupTiles(tiles, times).map(({ key, label, tiles: of }) => [
    key,
    label,
    of.map(({ id }) => id),
  ]);
  expect(shown).toEqual([
    ["2026-12-07", "7 Dec", ["a", "b"]],
    ["2026-12-14", "14 Dec", ["c"]],
  ]);
});

test("many lessons are told by month or by year, in smaller tiles, and none is left out", () => {
  const daily = (count: number) =>
    Array.from({ length: count }, (_, index) => {
      const startsAt = new Date(Date.UTC(2026, 11, 1, 12) + index * 24 * 3_600_000).toISOString();
      return tileOf(session({ sessionId: `${index}`, startsAt }), "zoom");
    });
  expect(groupTiles(daily(100), times)[0]?.key).toBe("2026-11-30");
  expect(groupTiles(daily(300), times)[0]).toMatchObject({ key: "2026-12", label: "Dec" });
  const years = groupTiles(daily(1_000), times);
  expect(years.map(({ label }) => label)).toEqual(["2026", "2027", "2028", "2029"]);
  expect(years.flatMap(({ tiles: of }) => of)).toHaveLength(1_000);
  expect([10, 100, 200, 1_000].map(tileSize)).toEqual(["large", "medium", "small", "tiny"]);
});

test("the legend counts each kind that there is, and adds up to all", () => {
  const tiles = (["moved", "moved", "failed", "pending"] as const).map((state) =>
    tileOf(session({ state }), "zoom"),
  );
  expect(countKinds(tiles)).toEqual([
    { kind: "moved", count: 2 },
    { kind: "before", count: 1 },
    { kind: "failed", count: 1 },
  ]);
});

test("a picture in small shows each kind that there is, and a failure that was seen to since as no trouble", () => {
  const none = { remaining: 0, deferred: 0, failed: 0, answeredSince: 0, skipped: 0 };
  const kindsOf = (of: Parameters<typeof tilesOfCounts>[0]) =>
    tilesOfCounts(of).map(({ kind }) => kind);
  expect(kindsOf({ ...none, total: 3, moved: 1, failed: 2, answeredSince: 1 })).toEqual([
    "moved",
    "failed",
    "left",
  ]);
  const many = kindsOf({ ...none, total: 1_000, moved: 998, failed: 1, skipped: 1 });
  expect(new Set(many)).toEqual(new Set(["moved", "failed", "left"]));
  expect(many.length).toBeLessThanOrEqual(32);
});
