import { expect, test } from "vitest";
import { asService, openServer } from "#lib/platform/db.ts";
import type { ProviderId, VideoProvider } from "#lib/providers/provider.ts";
import type { Meeting } from "#lib/records/meetings/rules.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { asBefore } from "#tests/harness/databases/asBefore.ts";
import { expectInOrder, roomsOf } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";
import { reconcile } from "./reconcile.ts";
import { prepareSnapshot } from "./snapshot.ts";
import { claimRow } from "./steps/claim.ts";
import { swapIn } from "./steps/swap.ts";

const { segue, tutor, student } = scene();

test.each(["zoom", "google_meet"] as const)(
  "two workers at the same time make one room per lesson (%s)",
  async (provider) => {
    await segue.connect(tutor, provider);
    await book(6);
    // A second process has connections of its own; PGlite has one for all.
    const { url } = segue.database;
    const other = url ? openServer(url, 4) : null;
    const second: Context = { ...segue.ctx, ...(other && { db: other.db }) };
    await Promise.all([reconcile(segue.ctx, tutor.id), reconcile(second, tutor.id)]);
    await other?.close();
    await segue.later({ minutes: 2 });
    const rooms = await roomsOf(segue, tutor);
    expect(rooms.map(({ state }) => state)).toEqual(Array(6).fill("live"));
    expect(await segue.ledger(tutor)).toHaveLength(6);
    expect(await segue.standIns.calls("create")).toHaveLength(6);
    await expectInOrder(segue, tutor);
  },
);

test("a worker with an outdated snapshot asks for no second room", async () => {
  await segue.connect(tutor, "google_meet");
  await book(2);
  const [made, asked] = await wantedRows();
  expect(await claimRow(segue.ctx, asked, { isCreate: true })).not.toBeNull();
  expect(await claimRow(segue.ctx, asked, { isCreate: true })).toBeNull();
  await segue.work();
  expect(await claimRow(segue.ctx, made, { isCreate: true })).toBeNull();
});

test("running it again does nothing again", async () => {
  await segue.connect(tutor, "google_meet");
  await book(3);
  await segue.work();
  const before = [await segue.sessions(tutor), await segue.ledger(tutor)];
  await segue.standIns.forgetCalls();
  expect(await reconcile(segue.ctx, tutor.id)).toEqual({ nextAt: null });
  expect([await segue.sessions(tutor), await segue.ledger(tutor)]).toEqual(before);
  expect(await segue.standIns.calls()).toEqual([]);
});

test.each(["zoom", "google_meet"] as const)(
  "a worker that died after claiming is taken over from when its lease is over (%s)",
  async (provider) => {
    await segue.connect(tutor, provider);
    await book(1);
    const [row] = await wantedRows();
    expect(await claimRow(segue.ctx, row, { isCreate: true })).not.toBeNull();
    await segue.work();
    expect(await segue.standIns.calls("create")).toEqual([]);
    for (let step = 0; step < 6; step++) await segue.later({ seconds: 10 });
    expect(await roomsOf(segue, tutor)).toMatchObject([{ state: "live" }]);
    await expectInOrder(segue, tutor);
  },
);

test("a zombie's late answer touches no lesson, and its second room is due for deletion", async () => {
  await segue.connect(tutor, "google_meet");
  await book(1);
  const [wanted] = await wantedRows();
  const claim = await claimRow(segue.ctx, wanted, { isCreate: true });
  await segue.later({ seconds: 11 });
  const before = await segue.sessions(tutor);
  const [row] = await segue.ledger(tutor);
  expect(before[0]).toHaveProperty("join_url", expect.stringContaining("/meet/"));
  if (!claim) throw new Error("Nothing was claimed");
  const late = {
    state: "ready",
    externalId: "zombie",
    joinUrl: "https://meet.google.com/zom-bies-abc",
    passcode: null,
    startsAt: claim.row.starts_at,
    title: claim.row.title,
  } as const;
  const outcome = await swapIn(segue.ctx, claim.row, late, async () => undefined);
  expect(outcome).toEqual({ kind: "fenced" });
  expect(await segue.sessions(tutor)).toEqual(before);
  expect(await segue.ledger(tutor)).toMatchObject([
    row,
    { state: "superseded", external_id: "zombie", delete_after: segue.clock() },
  ]);
});

test("at no step of a switch does a lesson point at anything but a living room", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 6);
  await segue.standIns.faults(
    { provider: "google", operation: "create", effect: "unavailable", times: 2 },
    { provider: "google", operation: "create", effect: "cut_after_write", times: 1 },
    { provider: "google", operation: "create", effect: "conference_pending", times: 1 },
  );
  let looks = 0;
  const look = async () => {
    // Read the links first: a link that is swapped in between belongs to a room that is read after it.
    const sessions = await segue.sessions(tutor);
    const links = new Set((await segue.standIns.rooms()).map(({ joinUrl }) => joinUrl));
    for (const session of sessions) expect(links).toContain(session.join_url);
    looks += 1;
  };
  segue.onCall = look;
  const watcher = { on: true };
  const watching = (async () => {
    while (watcher.on) await look();
  })();
  await segue.connect(tutor, "google_meet");
  for (let step = 0; step < 5; step++) await segue.later({ seconds: 20 });
  await segue.later({ hours: 2 });
  watcher.on = false;
  await watching;
  expect(looks).toBeGreaterThan(30);
  const states = (await roomsOf(segue, tutor)).map(({ provider, state }) => [provider, state]);
  expect(states).toEqual(Array(6).fill(["google_meet", "live"]));
  await expectInOrder(segue, tutor);
});

test("a room that somebody deleted at the provider is noticed by an update and replaced", async () => {
  await segue.connect(tutor, "zoom");
  await book(1);
  await segue.work();
  const [session] = await segue.sessions(tutor);
  await segue.standIns.control("delete-meeting", {
    provider: "zoom",
    id: session?.meeting_external_id,
  });
  await asService(segue.ctx.db, (trx) =>
    trx
      .updateTable("sessions")
      .set({ revision: 2, scheduled_end_at: new Date(session?.scheduled_end_at ?? 0) })
      .where("id", "=", session?.id ?? "")
      .execute(),
  );
  await segue.later({});
  const [after] = await segue.sessions(tutor);
  expect(after?.join_url).not.toBe(session?.join_url);
  expect((await segue.ledger(tutor)).map(({ state }) => state).sort()).toEqual(["live", "lost"]);
  await expectInOrder(segue, tutor);
});

test("a lesson whose time came without a room still gets one until it ends", async () => {
  await segue.connect(tutor, "google_meet");
  await segue.standIns.faults({ provider: "google", operation: "create", effect: "rate_limited" });
  const startsAt = new Date(segue.clock().getTime() + 600_000);
  await segue.lessons(tutor, student, 1, { startsAt });
  await segue.later({ minutes: 20 });
  expect((await segue.sessions(tutor))[0]?.join_url).toBeNull();
  await segue.standIns.faults();
  await segue.later({ minutes: 10 });
  expect((await segue.sessions(tutor))[0]?.join_url).toContain("/meet/");
});

test("a worker who is always too late leaves a row to the others instead of spinning on it", async () => {
  await segue.connect(tutor, "google_meet");
  const [id = ""] = await segue.lessons(tutor, student, 1);
  const startsAt = "2027-02-03T15:00:00Z";
  await rescheduleSession(segue.ctx, tutor, id, { startsAt });
  await segue.database.exec(`create function lose_the_race() returns trigger language plpgsql
      as 'begin return null; end';
    create trigger lose_the_race before update on meetings
      for each row execute function lose_the_race()`);
  let reads = 0;
  const clock = () => {
    reads += 1;
    // Each reading of the clock takes a while, so that a worker who can't stop comes to an end.
    segue.clock.advance({ seconds: 0.02 });
    return segue.clock();
  };
  await reconcile({ ...segue.ctx, clock }, tutor.id).finally(() =>
    segue.database.exec("drop function lose_the_race cascade"),
  );
  // Whoever spins reads it hundreds of times.
  expect(reads).toBeLessThan(60);
  await segue.work();
  const [room] = await roomsOf(segue, tutor);
  expect(new Date(room?.start ?? "")).toEqual(new Date(startsAt));
});

test("a step that a fault of ours hit before it was written down comes again in the same run", async () => {
  await segue.connect(tutor, "google_meet");
  await book(2);
  const shaky = faulty(3);
  const began = segue.clock().getTime();
  expect(await reconcile(shaky, tutor.id)).toEqual({ nextAt: null });
  expect(await roomsOf(segue, tutor)).toMatchObject([{ state: "live" }, { state: "live" }]);
  expect(segue.clock().getTime() - began).toBeLessThanOrEqual(3_000);
});

test("a step that fails in our hands however often doesn't hold its worker", async () => {
  await segue.connect(tutor, "google_meet");
  await book(2);
  const broken = faulty(Number.POSITIVE_INFINITY);
  const began = segue.clock().getTime();
  await reconcile(broken, tutor.id);
  expect(segue.clock().getTime() - began).toBeLessThanOrEqual(10_000);
  const errors = segue.messages().filter((line) => line === "A step failed unexpectedly");
  expect(errors.length).toBeLessThan(12);
});

test("a lesson that the ledger can't take keeps no other from its room", async () => {
  await segue.connect(tutor, "google_meet");
  await book(3);
  const [odd] = await segue.sessions(tutor);
  await asBefore(
    segue,
    `update sessions set scheduled_end_at = scheduled_start_at + interval '5 seconds'
    where id = '${odd?.id}' returning id`,
  );
  await segue.work();
  expect(await roomsOf(segue, tutor)).toMatchObject([{ state: "live" }, { state: "live" }]);
  expect(segue.messages()).toContain(`❌ Failed to create meeting for session ${odd?.id}`);
});

test("a switch ends for all though the ledger can't take one lesson, which has failed, and old rooms go", async () => {
  await segue.connect(tutor, "google_meet");
  await book(3);
  await segue.work();
  const [odd] = await segue.sessions(tutor);
  await asBefore(
    segue,
    `update sessions set scheduled_end_at = scheduled_start_at + interval '5 seconds'
    where id = '${odd?.id}' returning id`,
  );
  expect(await segue.connect(tutor, "zoom")).toMatchObject({ migrated: 2, failed: 1 });
  await segue.later({ minutes: 61 });
  const old = (await segue.ledger(tutor)).filter(({ provider }) => provider === "google_meet");
  expect(old.map(({ state }) => state).sort()).toEqual(["deleted", "deleted", "live"]);
});

/** The rows of lessons without a meeting, as a run writes them first. */
async function wantedRows(): Promise<[Meeting, Meeting]> {
  const { meetings } = await prepareSnapshot(segue.ctx, tutor.id, new Set());
  return [...meetings.values()] as [Meeting, Meeting];
}

/** So many calls fail in our hands before they are written down. */
function faulty(times: number): Context {
  let left = times;
  const { providers } = segue.ctx;
  const get = (id: ProviderId): VideoProvider => {
    const provider = providers.get(id);
    const limits = (plan: string | null) => {
      if (left === 0) return provider.budget.limits(plan);
      left -= 1;
      throw new Error("a fault of ours");
    };
    return { ...provider, budget: { ...provider.budget, limits } };
  };
  return { ...segue.ctx, providers: { ...providers, get } };
}

const book = async (count: number) => {
  for (let i = 0; i < count; i++) {
    const startsAt = new Date(segue.clock().getTime() + (48 + i) * 3_600_000);
    await segue.book(tutor, student, { startsAt });
  }
};
