import { expect, test } from "vitest";
import { addSeconds } from "#lib/platform/clock.ts";
import { transaction } from "#lib/platform/db.ts";
import { ownDatabase } from "#tests/harness/databases/database.ts";
import { countTry } from "./tries.ts";

const database = ownDatabase();

test("tries of one window are counted up, each address for itself", async () => {
  expect([await attempt("a"), await attempt("a", 10), await attempt("a", 900)]).toEqual([1, 2, 3]);
  expect(await attempt("b", 900)).toBe(1);
});

test("a window begins with its first try, and a new one after it counts from one", async () => {
  await attempt("c");
  await attempt("c", 600);
  expect(await attempt("c", 901)).toBe(1);
  expect(await attempt("c", 1_801)).toBe(2);
  expect(await attempt("c", 1_802)).toBe(1);
});

test("tries at the same moment are all counted", async () => {
  const counted = await Promise.all(Array.from({ length: 8 }, () => attempt("d")));
  expect(counted.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

const WINDOW_SECONDS = 900;
const NOON = new Date("2026-11-02T12:00:00Z");

/** @returns the number of this try */
const attempt = (key: string, seconds = 0) =>
  transaction(database.db, (trx) => countTry(trx, key, WINDOW_SECONDS, addSeconds(NOON, seconds)));
