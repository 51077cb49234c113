/** The limit against accounts that take only so many calls at once, in a time of their own. */
import { expect, test } from "vitest";
import { type Call, ConcurrencyLimit } from "./concurrencyLimit.ts";

const START = 4;
const CALL_MS = 800;
const REFUSAL_MS = 50;
const seeds = Array.from({ length: 20 }, (_, index) => index + 1);

interface Account {
  jobs: number;
  seed: number;
  /** How many calls it takes at once, at that time. */
  takes: (at: number) => number;
  /** What happens to a call beyond that; slower ones share what the account can do. */
  beyond: "refused" | "slower";
  /** What a call takes at that time, as a rule. */
  usual?: (at: number) => number;
}

interface UnderWay {
  call: Call;
  endsAt: number;
  isRefused: boolean;
}

/** Makes calls until all jobs are done, as many at once as the limit says. */
function play(limit: ConcurrencyLimit, account: Account) {
  const chance = random(account.seed);
  const underWay: UnderWay[] = [];
  const seen: { at: number; most: number }[] = [];
  let [now, left, refusals] = [0, account.jobs, 0];
  while (left > 0 || underWay.length > 0) {
    while (left > 0 && underWay.length < limit.now) {
      left -= 1;
      const call = limit.begin("create", now);
      underWay.push({ call, ...answer(account, now, underWay.length + 1, chance) });
    }
    underWay.sort((one, other) => other.endsAt - one.endsAt);
    const ended = underWay.pop();
    if (!ended) throw new Error("Nothing is under way");
    now = ended.endsAt;
    limit.end(ended.call, ended.isRefused ? "refused" : "answered", now);
    if (ended.isRefused) {
      refusals += 1;
      left += 1;
    }
    seen.push({ at: now, most: limit.now });
  }
  const mostAt = (second: number) => seen.findLast(({ at }) => at <= second * 1000)?.most ?? 0;
  return { ms: now, refusals, mostAt };
}

function answer(
  { takes, beyond, usual = () => CALL_MS }: Account,
  now: number,
  count: number,
  chance: () => number,
) {
  const isTooMany = count > takes(now);
  if (isTooMany && beyond === "refused") return { endsAt: now + REFUSAL_MS, isRefused: true };
  const normal = Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
  const share = isTooMany ? count / takes(now) : 1;
  return { endsAt: now + usual(now) * share * Math.exp(0.25 * normal), isRefused: false };
}

/** What a caller does who knows how many the account takes. */
const knowing = (k: number) =>
  Object.assign(new ConcurrencyLimit(k), { end: () => false }) as ConcurrencyLimit;

/** The same numbers for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

// The number is what a hundred calls may take, in times of what a caller needs who knows how many are taken.
test.each([
  ["refused", 2, 1.05],
  ["refused", 4, 1.05],
  ["refused", 8, 1.1],
  ["refused", 16, 1.25],
  ["slower", 2, 1.2],
  ["slower", 4, 1.15],
  ["slower", 8, 1.2],
  ["slower", 16, 1.5],
] as const)(
  "more than the account takes at once are %s: it finds out that it takes %i",
  (beyond, k, times) => {
    for (const seed of seeds) {
      const account: Account = { jobs: 100, seed, takes: () => k, beyond };
      const played = play(new ConcurrencyLimit(START), account);
      expect(played.ms / play(knowing(k), account).ms, `seed ${seed}`).toBeLessThan(times);
      expect(played.refusals, `seed ${seed}`).toBeLessThanOrEqual(k + 6);
    }
  },
);

test("whoever never needed as many as there may be hasn't found out that there may be more", () => {
  const limit = new ConcurrencyLimit(START);
  for (let times = 0; times < 1_000; times++) {
    const pair = [limit.begin("create", times * 1_000), limit.begin("create", times * 1_000)];
    for (const call of pair) limit.end(call, "answered", times * 1_000 + CALL_MS);
  }
  expect(limit.now).toBe(START);
});

test("an account that becomes slower for good is called as before within a minute", () => {
  for (const seed of seeds) {
    const usual = (at: number) => (at < 30_000 ? CALL_MS : 2 * CALL_MS);
    const account: Account = { jobs: 2_000, seed, takes: () => 16, beyond: "refused", usual };
    const { mostAt } = play(new ConcurrencyLimit(START), account);
    expect(mostAt(40), `seed ${seed}`).toBeLessThan(10);
    expect(mostAt(95), `seed ${seed}`).toBeGreaterThan(12);
  }
});

test("an account that takes fewer for a while is called less at once, and soon as before afterwards", () => {
  for (const seed of seeds) {
    const takes = (at: number) => (at > 10_000 && at < 20_000 ? 2 : 16);
    const { mostAt } = play(new ConcurrencyLimit(START), {
      jobs: 1_000,
      seed,
      takes,
      beyond: "refused",
    });
    expect(mostAt(9), `seed ${seed}`).toBeGreaterThan(12);
    expect(mostAt(13), `seed ${seed}`).toBeLessThan(4);
    expect(mostAt(45), `seed ${seed}`).toBeGreaterThan(12);
  }
});

test("answers' usual spread is no slowing", () => {
  for (const seed of seeds) {
    const account: Account = { jobs: 2_000, seed, takes: () => 1_000, beyond: "refused" };
    expect(play(new ConcurrencyLimit(START), account).mostAt(10), `seed ${seed}`).toBe(64);
  }
});

test("refusals of calls that began together lower it once", () => {
  const limit = new ConcurrencyLimit(8);
  const calls = Array.from({ length: 8 }, () => limit.begin("create", 0));
  for (const call of calls.slice(4)) limit.end(call, "refused", 50);
  expect(limit.now).toBe(4);
});

test("slower answers alone don't make it fewer than it began with", () => {
  const account: Account = { jobs: 500, seed: 1, takes: () => 1, beyond: "slower" };
  const limit = new ConcurrencyLimit(START);
  play(limit, { ...account, usual: (at) => CALL_MS + at / 10 });
  expect(limit.now).toBeGreaterThanOrEqual(START);
});

test("a call that was refused alone wasn't one too many", () => {
  const limit = new ConcurrencyLimit(4);
  expect(limit.end(limit.begin("create", 0), "refused", 50)).toBe(false);
});

test("where a call was refused alone it wasn't the number, and there may be as many as before once one is answered", () => {
  const limit = new ConcurrencyLimit(START);
  const begin = () => limit.begin("create", 0);
  const refuse = (calls: Call[]) => calls.map((call) => limit.end(call, "refused", 0));
  refuse([begin(), begin(), begin(), begin()]);
  refuse([begin(), begin()]);
  expect(limit.now).toBe(1);
  refuse([begin()]);
  expect(limit.now).toBe(1);
  limit.end(begin(), "answered", CALL_MS);
  expect(limit.now).toBe(START);
  // That is believed once: who refuses a call now and then whatever their number isn't met with bursts again and again.
  refuse([begin(), begin(), begin(), begin()]);
  refuse([begin(), begin()]);
  refuse([begin()]);
  limit.end(begin(), "answered", CALL_MS);
  expect(limit.now).toBe(1);
});

test("answers to another kind of call say nothing about what was refused alone", () => {
  const limit = new ConcurrencyLimit(2);
  const refuse = (count: number) =>
    Array.from({ length: count }, () => limit.begin("create", 0)).map((call) =>
      limit.end(call, "refused", 0),
    );
  refuse(2);
  refuse(1);
  limit.end(limit.begin("get", 0), "answered", CALL_MS);
  expect(limit.now).toBe(1);
  limit.end(limit.begin("create", 0), "answered", CALL_MS);
  expect(limit.now).toBe(2);
});

test("a call that is answered alone was one of too many before", () => {
  const limit = new ConcurrencyLimit(START);
  const begin = () => limit.begin("create", 0);
  const refuse = (calls: Call[]) => calls.map((call) => limit.end(call, "refused", 0));
  refuse([begin(), begin(), begin(), begin()]);
  refuse([begin(), begin()]);
  limit.end(begin(), "answered", CALL_MS);
  expect(limit.now).toBe(1);
});

test("a refusal tells whether as many were under way as were ever taken, or more", () => {
  const limit = new ConcurrencyLimit(2);
  const [first, second] = [limit.begin("create", 0), limit.begin("create", 0)];
  expect(limit.end(second, "answered", 800)).toBe(false);
  expect(limit.end(first, "refused", 810)).toBe(false);
  const [third, fourth, fifth] = ["", "", ""].map(() => limit.begin("create", 900));
  if (!third || !fourth || !fifth) throw new Error("Nothing began");
  expect(limit.end(fifth, "refused", 950)).toBe(true);
  expect(limit.end(fourth, "refused", 950)).toBe(true);
  expect(limit.end(third, "refused", 950)).toBe(false);
});
