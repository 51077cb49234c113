import { expect, test } from "vitest";
import { addSeconds } from "#lib/platform/clock.ts";
import type { Context } from "./context.ts";
import { oneByOne } from "./oneByOne.ts";

const world = () => {
  let now = new Date("2026-11-02T09:00:00Z");
  const said: unknown[] = [];
  const log = { error: (at: unknown) => said.push(at), warn: (at: unknown) => said.push(at) };
  const ctx = { db: {}, clock: () => now, log } as unknown as Context;
  const later = (seconds: number) => {
    now = addSeconds(now, seconds);
  };
  return { ctx, later, said };
};
const round = { what: "a test", nameOf: String, seconds: 20 };

test("one that always fails holds up none of the others, and comes ever more rarely", async () => {
  const { ctx, later, said } = world();
  const done: Record<string, number> = { first: 0, bad: 0, last: 0 };
  const run = () =>
    oneByOne(ctx, ["first", "bad", "last"], round, async (name) => {
      done[name] = (done[name] ?? 0) + 1;
      if (name === "bad") throw new Error("a fault of ours");
    });
  for (let minute = 0; minute < 60; minute++) {
    await run();
    later(60);
  }
  expect(done).toEqual({ first: 60, bad: 8, last: 60 });
  expect(said[0]).toMatchObject({ what: "a test", item: "bad", err: expect.any(Error) });
});

test("one that works again is tried as if it had never failed", async () => {
  const { ctx, later } = world();
  let tries = 0;
  const run = (fails: boolean) =>
    oneByOne(ctx, ["one"], round, async () => {
      tries += 1;
      if (fails) throw new Error("down");
    });
  for (const fails of [true, true, false, true]) {
    await run(fails);
    later(60);
  }
  await run(false);
  expect(tries).toBe(5);
});

test("a round ends in time, and the next one goes on with what is left", async () => {
  const { ctx, later } = world();
  const left = new Set(Array.from({ length: 10 }, (_, i) => i));
  const run = () =>
    oneByOne(ctx, [...left], round, async (item) => {
      later(7);
      left.delete(item);
    });
  await run();
  expect(left.size).toBe(7);
  await run();
  expect(left.size).toBe(4);
});
