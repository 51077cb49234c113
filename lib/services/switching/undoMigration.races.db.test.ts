import { AsyncLocalStorage } from "node:async_hooks";
import { expect, test } from "vitest";
import { asService } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import { endRefresh } from "#lib/records/grants/queries/refresh.ts";
import { readSnapshot } from "#lib/services/reconcile/snapshot.ts";
import { claimRow } from "#lib/services/reconcile/steps/claim.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { untilWaitedFor } from "#tests/harness/databases/untilWaitedFor.ts";
import { expectInOrder } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";
import { refreshSessionLinks } from "./refreshSessionLinks.ts";
import { undoMigration } from "./undoMigration.ts";
import type { MigrationResult } from "./views.ts";

const { segue, tutor, student, newest, undo, history, links, rooms, connection, switched } =
  scene();

test("a switch can be undone while it runs; the create under way hands out nothing", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 6);
  const before = await links();
  await segue.standIns.forgetCalls();
  let inner: MigrationResult | undefined;
  atFirstCreate("after", "google_meet", async () => {
    inner = await undo();
  });
  const outer = await segue.connect(tutor, "google_meet");
  await segue.work();
  expect(outer?.migrationId).toBe(inner?.migrationId);
  expect(await links()).toEqual(before);
  expect(await history()).toEqual([
    ["undo", "completed", expect.any(Number)],
    ["switch", "superseded", expect.any(Number)],
  ]);
  expect((await segue.standIns.calls("create")).map(({ provider }) => provider)).not.toContain(
    "zoom",
  );
  await expectInOrder(segue, tutor);
  await segue.later({ minutes: 61 });
  expect(await rooms()).toEqual(Array(6).fill("zoom live"));
});

test("what a switch had put off to another day is called off by its undo", async () => {
  await segue.connect(tutor, "google_meet");
  await segue.lessons(tutor, student, 3);
  const before = await links();
  await segue.standIns.faults({
    provider: "zoom",
    operation: "create",
    titleIncludes: "Lesson 3.",
    effect: "daily_limit",
  });
  expect(await segue.connect(tutor, "zoom")).toMatchObject({ migrated: 2, deferred: 1 });
  const id = await newest();
  expect(await undo()).toMatchObject({ success: true, total: 3, migrated: 2, running: false });
  await segue.standIns.faults();
  await segue.later({ days: 1, minutes: -30 });
  expect(await links()).toEqual(before);
  const states = await segue.rows(
    `select state from migration_sessions where migration_id = '${id}' order by position`,
  );
  expect(states.map(({ state }) => state)).toEqual(["moved", "moved", "superseded"]);
});

test.each(["before", "after"] as const)(
  "an undo %s the provider's answer to a refresh leaves the lesson on its old link",
  async (phase) => {
    await segue.connect(tutor, "zoom");
    await segue.lessons(tutor, student, 1);
    const before = await links();
    atFirstCreate(phase, "zoom", () => undo());
    await refreshSessionLinks(segue.ctx, tutor);
    await segue.later({ minutes: 1 });
    expect(await links()).toEqual(before);
    expect(await rooms()).toEqual(["zoom live"]);
    expect(await history()).toEqual([
      ["undo", "completed", 0],
      ["refresh", "superseded", 0],
    ]);
    await expectInOrder(segue, tutor);
  },
);

test("a worker whose snapshot is older than the undo asks for no room", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2);
  const fault = { provider: "zoom", operation: "create", titleIncludes: "Lesson 1." } as const;
  await segue.standIns.faults({ ...fault, effect: "rate_limited" });
  await refreshSessionLinks(segue.ctx, tutor);
  const before = await readSnapshot(segue.ctx, tutor.id);
  const wanted = [...before.meetings.values()].filter(({ state }) => state === "intended");
  expect(wanted).toHaveLength(1);
  expect(await undo()).toMatchObject({ total: 2, migrated: 1, running: false });
  for (const row of wanted) {
    expect(await claimRow(segue.ctx, row, { isCreate: true })).toBeNull();
  }
});

test("tokens that are renewed while the undo brings their grant back aren't lost", async () => {
  await switched(1);
  await segue.standIns.control("expire-tokens");
  await segue.rows(`update retired_video_provider_connections
    set access_token_expires_at = created_at where tutor_id = '${tutor.id}' returning id`);
  await segue.rows(`update meetings set delete_after = created_at
    where tutor_id = '${tutor.id}' and provider = 'zoom' returning id`);
  segue.onCall = async ({ method, phase }) => {
    if (method !== "refresh" || phase !== "after") return;
    segue.onCall = null;
    await undo();
  };
  await segue.later({ minutes: 1 });
  await segue.book(tutor, student, { startsAt: new Date("2026-12-01T10:00:00Z") });
  await segue.later({ minutes: 1 });
  expect(await connection()).toMatchObject({ provider: "zoom", connection_status: "connected" });
  expect((await segue.sessions(tutor)).map(({ provider }) => provider)).toEqual(["zoom", "zoom"]);
  await expectInOrder(segue, tutor);
});

test("tokens stored at the very moment in which their grant comes back arrive", async () => {
  await switched(1);
  const [old] = await segue.rows(
    `update retired_video_provider_connections set refresh_lease_id = gen_random_uuid()
     where tutor_id = '${tutor.id}' returning grant_id, refresh_lease_id`,
  );
  const lease = { grantId: String(old?.grant_id), leaseId: String(old?.refresh_lease_id) };
  const now = segue.clock();
  const tokens = {
    access_token_encrypted: "newer",
    refresh_token_encrypted: "newer",
    access_token_expires_at: now,
  };
  const elsewhere = AsyncLocalStorage.snapshot();
  let stored: Promise<boolean> | undefined;
  const nudge: Context["nudge"] = async (trx) => {
    stored = elsewhere(() =>
      asService(segue.ctx.db, (other) => endRefresh(other, { ...lease, now, tokens })),
    );
    // PGlite lets nobody else in before the commit. PostgreSQL does, so there the two meet.
    await untilWaitedFor(trx, stored);
  };
  await undoMigration({ ...segue.ctx, nudge }, tutor, await newest());
  expect(await stored).toBe(true);
  expect(await connection()).toMatchObject({ grant_id: lease.grantId, ...tokens });
});

/** Runs `act` once, in the middle of the first create at this provider. */
function atFirstCreate(phase: "before" | "after", of: ProviderId, act: () => Promise<unknown>) {
  segue.onCall = async (call) => {
    if (call.method !== "createMeeting" || call.phase !== phase || call.provider !== of) return;
    segue.onCall = null;
    await act();
  };
}
