import { expect, test } from "vitest";
import { scene } from "#tests/harness/scene.ts";
import { Duty } from "./duty.ts";

const { segue } = scene();
const duty = () => new Duty(segue.ctx, "sweep");

test("of many processes one has the duty, and keeps it as long as it asks", async () => {
  const [first, ...others] = [duty(), duty(), duty()];
  for (let second = 0; second < 20; second++) {
    expect(await first?.isOurs()).toBe(true);
    expect(await Promise.all(others.map((one) => one.isOurs()))).toEqual([false, false]);
    segue.clock.advance({ seconds: 1 });
  }
  await first?.leave();
});

test("when its process dies, another has it within seconds, and the first doesn't get it back", async () => {
  const [first, second] = [duty(), duty()];
  expect(await first.isOurs()).toBe(true);
  segue.clock.advance({ seconds: 4 });
  expect(await second.isOurs()).toBe(false);
  segue.clock.advance({ seconds: 1 });
  expect(await second.isOurs()).toBe(true);
  expect(await first.isOurs()).toBe(false);
  await second.leave();
});

test("a process that stops hands it over at once, and can't give away another's", async () => {
  const [first, second, third] = [duty(), duty(), duty()];
  expect(await first.isOurs()).toBe(true);
  await first.leave();
  expect(await second.isOurs()).toBe(true);
  await first.leave();
  expect(await third.isOurs()).toBe(false);
  await second.leave();
});

test("a lease that a clock far ahead has written holds nobody up", async () => {
  const ahead = new Duty(
    { ...segue.ctx, clock: () => new Date(segue.clock().getTime() + 1_800_000) },
    "sweep",
  );
  expect(await ahead.isOurs()).toBe(true);
  const second = duty();
  expect(await second.isOurs()).toBe(true);
  await second.leave();
});

test("where its row is gone somebody makes it anew", async () => {
  await segue.rows("delete from private.duties returning 1");
  const [first, second] = [duty(), duty()];
  expect(await first.isOurs()).toBe(true);
  expect(await second.isOurs()).toBe(false);
  await first.leave();
});

test("a process that can't do it leaves it to another for a while", async () => {
  const [first, second] = [duty(), duty()];
  expect(await first.isOurs()).toBe(true);
  await first.leave(30);
  expect(await first.isOurs()).toBe(false);
  expect(await second.isOurs()).toBe(true);
  await second.leave();
  segue.clock.advance({ seconds: 30 });
  expect(await first.isOurs()).toBe(true);
  await first.leave();
});
