/**
 * Some lessons have failed while others wait for the provider's next day: both get what they need.
 *
 * @module-tag whole
 */
import { beforeEach, expect, test } from "vitest";
import { expectInOrder } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";
import { migrationDetail } from "./migrationHistory.ts";
import { refreshSessionLinks } from "./refreshSessionLinks.ts";
import { retryMigration } from "./retryMigration.ts";
import { undoMigration } from "./undoMigration.ts";
import type { MigrationResult } from "./views.ts";

const { segue, tutor, student } = scene({ start: "2027-01-04T09:00:00Z" });
beforeEach(async () => {
  segue.clock.set("2027-01-04T09:00:00Z");
  await segue.rows("truncate provider_budgets, provider_circuits, provider_plans");
});

test("the failed one is tried again today, and those that wait still move tomorrow", async () => {
  const { migrationId: waiting, migrated, deferred } = await switched();
  expect(await detail(waiting)).toMatchObject({ status: "waiting" });
  const retry = await retryMigration(segue.ctx, tutor, waiting ?? "");
  expect(retry).toMatchObject({ total: 1 + deferred, failed: 0 });
  expect(await detail(waiting)).toMatchObject({
    status: "superseded",
    moved: migrated,
    failed: 1,
  });
  await segue.later({ hours: 3 });
  expect(await detail(retry.migrationId)).toMatchObject({ status: "waiting", failed: 0 });
  await expectInOrder(segue, tutor);
  segue.clock.set(MIDNIGHT);
  await segue.later({});
  expect(await detail(retry.migrationId)).toMatchObject({
    status: "completed",
    moved: 1 + deferred,
  });
  expect(await providers()).toEqual(Array(4).fill("zoom"));
  await segue.later({ hours: 3 });
  await expectInOrder(segue, tutor);
});

test("new links that wait for their day aren't forgotten by it either", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 4, { startsAt: new Date("2027-01-06T09:00:00Z") });
  const before = (await segue.sessions(tutor)).map(({ join_url: url }) => url);
  await spendOfDay(88);
  await segue.standIns.faults({ ...fault, titleIncludes: "Lesson 1." });
  const refresh = await refreshSessionLinks(segue.ctx, tutor);
  await segue.standIns.faults();
  expectWaiting(refresh);
  await retryMigration(segue.ctx, tutor, refresh.migrationId ?? "");
  segue.clock.set(MIDNIGHT);
  await segue.later({});
  for (const { join_url: url } of await segue.sessions(tutor)) expect(before).not.toContain(url);
  await expectInOrder(segue, tutor);
});

test("undoing it leads back to where the switch came from", async () => {
  const { migrationId } = await switched();
  const retry = await retryMigration(segue.ctx, tutor, migrationId ?? "");
  expect(await undoMigration(segue.ctx, tutor, retry.migrationId ?? "")).toMatchObject({
    provider: "google_meet",
    total: 4,
  });
  expect(await providers()).toEqual(Array(4).fill("google_meet"));
  await expectInOrder(segue, tutor);
});

const MIDNIGHT = "2027-01-05T00:00:00Z";

const fault = { provider: "zoom", operation: "create", effect: "invalid_request" } as const;
const detail = (id: string | null) => migrationDetail(segue.ctx, tutor, id ?? "");
const providers = async () => (await segue.sessions(tutor)).map(({ provider }) => provider);

/** Uses up this many of the account's new rooms of today. */
const spendOfDay = (taken: number) =>
  segue.rows(`insert into provider_budgets (key, day, taken)
    select 'zoom writes ' || account_user_id, '2027-01-04', ${taken}
      from tutor_video_provider_connections where tutor_id = '${tutor.id}'
    on conflict (key) do update set day = excluded.day, taken = excluded.taken`);

/** How many calls run side by side decides which of the last places a refused one takes. */
function expectWaiting(result: MigrationResult | null): MigrationResult {
  if (!result) throw new Error("Nothing moved");
  expect(result).toMatchObject({ total: 4, failed: 1, running: false });
  expect(result.deferred).toBeGreaterThan(0);
  return result;
}

/** Of four lessons one or two move, one is refused, and the others wait for tomorrow. */
async function switched(): Promise<MigrationResult> {
  await segue.connect(tutor, "zoom");
  await spendOfDay(88);
  await segue.connect(tutor, "google_meet");
  await segue.lessons(tutor, student, 4, { startsAt: new Date("2027-01-06T09:00:00Z") });
  await segue.standIns.faults({ ...fault, titleIncludes: "Lesson 2." });
  const result = await segue.connect(tutor, "zoom");
  await segue.standIns.faults();
  return expectWaiting(result);
}
