import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { addSeconds } from "#lib/platform/clock.ts";
import { asService, type Db, openServer } from "#lib/platform/db.ts";
import type { CallKind } from "#lib/providers/provider.ts";
import { ownDatabase } from "#tests/harness/databases/database.ts";
import { closeCircuits, countFailure, recordFailedProbe } from "./queries/circuits.ts";
import { giveBackDay, holdPace, openBudgets, takeCosts } from "./queries.ts";
import { type Cost, paceOf, probeAfterSeconds } from "./rules.ts";

const database = ownDatabase();
let pools: { db: Db; close(): Promise<void> }[];
beforeAll(() => {
  const { url } = database;
  // Stands for two processes. Only one process can use an embedded database.
  pools = url ? [openServer(url, 8), openServer(url, 8)] : [];
});

afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.close()));
});

beforeEach(() => database.exec("truncate provider_budgets, provider_circuits, provider_plans"));

test.each([
  [2, 1],
  [4, 1],
  [20, 1],
  [30, 1],
])(
  "of %i calls in %i s greedy callers take four fifths at most, in any window",
  async (calls, seconds) => {
    const cost = pace(calls, seconds * 1000);
    await open(cost);
    const went: number[] = [];
    const step = (seconds * 1000) / calls / 2;
    for (let ms = 0; went.length < Math.min(3 * calls, 40) && ms < 4_000 * seconds; ms += step) {
      const permit = await take([cost], addSeconds(start, ms / 1000));
      if (permit?.goAt) went.push(permit.goAt.getTime());
    }
    const inWindow = went.map((from) =>
      went.filter((at) => at >= from && at < from + seconds * 1000),
    );
    const most = Math.max(...inWindow.map(({ length }) => length));
    expect(most).toBeLessThanOrEqual(Math.max(1, Math.floor(calls * 0.8)));
    expect(went.length).toBeGreaterThan(2);
  },
);

test("two processes that race never take more than there is, and never lock each other out", async () => {
  const costs = [day(20), day(1_000, "another day"), pace(600, 60_000)];
  await open(...costs);
  const dbs = pools.length > 0 ? pools.map(({ db }) => db) : [database.db];
  const turns = await Promise.all(
    Array.from({ length: 60 }, (_, i) =>
      take(i % 2 ? costs : costs.toReversed(), start, { db: dbs[i % dbs.length], patience: 60 }),
    ),
  );
  expect(turns.filter((permit) => permit?.goAt)).toHaveLength(20);
  expect(turns.filter((permit) => permit?.dayFull)).toHaveLength(40);
  expect(await budget("a day")).toMatchObject({ taken: 20 });
  expect(await budget("another day")).toMatchObject({ taken: 20 });
});

test("a call takes of all its limits or of none", async () => {
  const costs = [day(1), pace(2)];
  await open(...costs);
  expect(await take(costs)).toMatchObject({ goAt: start, dayFull: false });
  const before = await budget("pace of 2");
  expect(await take(costs, start, { patience: 9 })).toMatchObject({ goAt: null, dayFull: true });
  expect(await budget("pace of 2")).toEqual(before);
  // The pace refuses the call, so the day isn't counted either.
  const roomy = [day(5), pace(2)];
  const paced = { goAt: null, dayFull: false, pacedAt: addSeconds(start, 1) };
  expect(await take(roomy)).toMatchObject(paced);
  expect(await budget("a day")).toMatchObject({ taken: 1 });
  expect(await take(roomy, start, { patience: 1 })).toMatchObject({ goAt: addSeconds(start, 1) });
  expect(await budget("a day")).toMatchObject({ taken: 2 });
});

test("a limit that nobody has used yet asks for its row", async () => {
  expect(await take([day(1, "new")])).toBeNull();
  await open(day(1, "new"));
  await open(day(1, "new"));
  expect(await take([day(1, "new")])).toMatchObject({ goAt: start });
});

test("a day begins at nothing, goes back for nobody, and is full when the provider says so", async () => {
  await open(day(2), day(2, "a day by the provider's word"));
  const tomorrow = new Date("2026-11-03T00:00:00Z");
  const said = day(2, "a day by the provider's word");
  await asService(database.db, (trx) =>
    holdPace(trx, { key: said.key, until: tomorrow, burstMs: 0 }),
  );
  expect(await take([said])).toMatchObject({ dayFull: true });
  expect(await take([said], tomorrow)).toMatchObject({ goAt: tomorrow });
  expect(await take([day(2)], tomorrow)).toMatchObject({ goAt: tomorrow });
  // A process whose clock lags counts against the newer day.
  expect(await take([day(2)], start)).toMatchObject({ goAt: start });
  expect(await take([day(2)], tomorrow)).toMatchObject({ dayFull: true });
  const giveBack = (of: string) =>
    asService(database.db, (trx) => giveBackDay(trx, { key: "a day", cost: 1, day: of }));
  await giveBack("2026-11-02");
  expect(await budget("a day")).toMatchObject({ taken: 2 });
  await giveBack("2026-11-03");
  expect(await budget("a day")).toMatchObject({ taken: 1 });
});

test("after a 429 nobody calls before the date that the provider named, and then nobody bursts", async () => {
  const cost = pace(20);
  await open(cost);
  const until = addSeconds(start, 30);
  const { burstMs } = paceOf(20, 1_000);
  await asService(database.db, (trx) => holdPace(trx, { key: cost.key, until, burstMs }));
  expect(await take([cost], start, { patience: 2 })).toMatchObject({ goAt: null, pacedAt: until });
  expect(await take([cost], until)).toMatchObject({ goAt: until });
  expect(await take([cost], until)).toMatchObject({ goAt: null });
});

const lessons = Array.from({ length: 9 }, (_, i) => `00000000-0000-4000-8000-00000000000${i}`);

const fail = (by = "", openUntil = addSeconds(start, 2)) =>
  asService(database.db, (trx) => countFailure(trx, { ...create, by, grantId: by, openUntil }));

test("one lesson that always fails says nothing about the provider; five do, and none calls", async () => {
  for (let i = 0; i < 9; i++) await fail(lessons[0]);
  expect(await circuit()).toMatchObject({ failures: 1, open_until: null });
  expect(await take([])).toMatchObject({ goAt: start, circuit: null });
  const opened = [];
  for (const lesson of lessons.slice(1)) opened.push(await fail(lesson));
  expect(opened).toEqual([false, false, false, true, false, false, false, false]);
  expect(await circuit()).toMatchObject({ failures: 5, open_until: addSeconds(start, 2) });
  expect(await take([])).toMatchObject({ goAt: null, circuit: { failures: 5, probing: false } });
});

test("of all who wait for a provider that is down exactly one probes it, and only its word counts", async () => {
  for (const lesson of lessons.slice(0, 5)) await fail(lesson);
  const cost = pace(20);
  await open(cost);
  const now = addSeconds(start, 2);
  const probes = async (at: Date) => {
    const dbs = pools.length > 0 ? pools.map(({ db }) => db) : [database.db];
    const turns = await Promise.all(
      Array.from({ length: 12 }, (_, i) => take([cost], at, { db: dbs[i % dbs.length] })),
    );
    expect(turns.filter((permit) => permit?.goAt)).toHaveLength(1);
    return turns.filter((permit) => permit?.isProbe).length;
  };
  expect(await probes(now)).toBe(1);
  expect(await take([cost], now)).toMatchObject({ goAt: null, circuit: { probing: true } });

  const probeUntil = addSeconds(now, 10);
  const openUntil = addSeconds(now, 4);
  const failed = (until: Date) =>
    asService(database.db, (trx) =>
      recordFailedProbe(trx, { ...create, probeUntil: until, openUntil }),
    );
  await failed(addSeconds(probeUntil, 1));
  expect(await circuit()).toMatchObject({ failures: 5, probe_until: probeUntil });
  await failed(probeUntil);
  expect(await circuit()).toMatchObject({ failures: 6, probe_until: null, open_until: openUntil });

  expect(await probes(openUntil)).toBe(1);
  // The first probe has died.
  expect(await probes(addSeconds(openUntil, 10))).toBe(1);
  await asService(database.db, (trx) => closeCircuits(trx, create));
  expect(await take([], now)).toMatchObject({ goAt: now, circuit: null });
});

test("a provider that answers other calls says nothing about the kind that it doesn't answer", async () => {
  for (const lesson of lessons.slice(0, 5)) await fail(lesson);
  const now = addSeconds(start, 1);
  expect(await take([], now, { kind: "find" })).toMatchObject({ goAt: null });
  await asService(database.db, (trx) => closeCircuits(trx, { ...create, kind: "find" }));
  expect(await take([], now, { kind: "find" })).toMatchObject({ goAt: now, circuit: null });
  expect(await take([], now)).toMatchObject({ goAt: null, circuit: { failures: 5 } });

  const cost = pace(20);
  await open(cost);
  expect(await take([cost], addSeconds(start, 2))).toMatchObject({ isProbe: true });
  await asService(database.db, (trx) => closeCircuits(trx, create));
  expect(await take([], now)).toMatchObject({ goAt: now, circuit: null });
});

test("one account that is never answered says nothing of the others", async () => {
  for (const by of lessons) {
    await asService(database.db, (trx) =>
      countFailure(trx, {
        ...create,
        by,
        grantId: lessons[0] ?? "",
        openUntil: addSeconds(start, 2),
      }),
    );
  }
  expect(await take([])).toMatchObject({ goAt: null });
  expect(await take([], start, { userId: "u2" })).toMatchObject({ goAt: start, circuit: null });
});

test("a call probes all of its circuits at once, or none of them", async () => {
  for (const lesson of lessons.slice(0, 5)) await fail(lesson);
  const cost = pace(20);
  await open(cost);
  const probing = addSeconds(start, 2);
  // It probes whether anything is answered, and has nothing to say about creates.
  expect(await take([cost], probing, { kind: "find" })).toMatchObject({ isProbe: true });
  expect(await take([cost], probing)).toMatchObject({ goAt: null, isProbe: false });
  expect(await circuit()).toMatchObject({ probe_until: null });
});

test("a provider that stays down is probed after 2, 4, 8 … 60 seconds, or a little sooner", () => {
  const longest = [5, 6, 7, 8, 9, 10, 11, 99].map((failures) => probeAfterSeconds(failures, 1));
  expect(longest).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
  expect(probeAfterSeconds(99, 0)).toBe(30);
});

const start = new Date("2026-11-02T09:00:00Z");

const pace = (calls: number, windowMs = 1_000): Cost => ({
  key: `pace of ${calls}`,
  cost: 1,
  ...paceOf(calls, windowMs),
});

const day = (allowed: number, key = "a day"): Cost => ({ key, cost: 1, allowed });

const open = (...costs: Cost[]) =>
  asService(database.db, (trx) =>
    openBudgets(
      trx,
      costs.map(({ key }) => key),
    ),
  );

const create = { provider: "zoom", kind: "create", userId: "u1" } as const;

function take(
  costs: Cost[],
  now = start,
  {
    db = database.db,
    patience = 0,
    kind = "create",
    userId = "u1",
  }: { db?: Db; patience?: number; kind?: CallKind; userId?: string } = {},
) {
  const latest = addSeconds(now, patience);
  const probeUntil = addSeconds(now, 10);
  const permit = {
    ...create,
    kind,
    userId,
    costs,
    now,
    latest,
    probeUntil,
    always: false,
    urgent: false,
  };
  return asService(db, (trx) => takeCosts(trx, permit));
}

const budget = (key: string) =>
  database.db
    .selectFrom("provider_budgets")
    .selectAll()
    .where("key", "=", key)
    .executeTakeFirstOrThrow();

const circuit = () =>
  database.db
    .selectFrom("provider_circuits")
    .selectAll()
    .where("operation", "=", "create u1")
    .executeTakeFirstOrThrow();
