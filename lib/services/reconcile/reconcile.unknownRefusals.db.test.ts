/** @module-tag whole */
import { expect, test } from "vitest";
import { migrationDetail } from "#lib/services/switching/migrationHistory.ts";
import { retryMigration } from "#lib/services/switching/retryMigration.ts";
import { betweenCalls, isCreate, json } from "#tests/harness/middleman.ts";
import { expectInOrder } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student, session, newest } = scene();
const { between, aside } = betweenCalls();
const odd = { code: 1020, message: "Access denied" };

const google = (reason: string) => ({
  error: { code: 403, message: "Limit", errors: [{ domain: "usageLimits", reason }] },
});

test.each([
  ["google_meet", 403, google("limitExceeded")],
  ["google_meet", 403, { error: { code: 403, message: "No", status: "PERMISSION_DENIED" } }],
  ["google_meet", 400, { error: { code: 400, errors: [{ reason: "failedPrecondition" }] } }],
  ["google_meet", 408, { error: { code: 408, status: "DEADLINE_EXCEEDED" } }],
  ["zoom", 403, odd],
  ["zoom", 403, { code: null, message: "Forbidden" }],
  ["zoom", 400, { code: 2001, message: "Account does not exist." }],
  ["zoom", 400, { code: 429, message: "Too many requests, try again later" }],
] as const)(
  "one odd refusal of a create by %s (%i %j) leaves no lesson without a room",
  async (id, status, body) => {
    await segue.connect(tutor, id);
    let once = true;
    between((sent, go) => {
      if (!(once && isCreate(sent))) return go();
      once = false;
      return json(status, body);
    });
    await segue.lessons(tutor, student, 1);
    for (let minutes = 0; minutes < 10; minutes += 5) await segue.later({ minutes: 5 });
    await expectInOrder(segue, tutor);
  },
);

test("what is refused for as long as it is asked becomes a failure that a retry ends", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1, { startsAt: inDays(3) });
  let asked = 0;
  between((sent, go) => {
    if (!(isCreate(sent) && sent.url.includes("/meetings"))) return go();
    asked += 1;
    return json(403, odd);
  });
  await segue.connect(tutor, "zoom", `second.${tutor.email}`);
  const move = async () => (await migrationDetail(segue.ctx, tutor, await newest())).sessions[0];
  for (let minutes = 0; minutes < 5 * 60; minutes += 10) await segue.later({ minutes: 10 });
  expect(await move()).toMatchObject({ state: "pending", error: { code: "refused" } });
  for (let minutes = 0; minutes < 4 * 60; minutes += 10) await segue.later({ minutes: 10 });
  expect(await move()).toMatchObject({
    state: "failed",
    error: { code: "invalid_request", detail: "Access denied" },
  });
  expect(asked).toBeLessThan(30);
  aside();
  expect(await retryMigration(segue.ctx, tutor, await newest())).toMatchObject({ migrated: 1 });
});

test("an answer in between begins the patience with an unknown refusal again", async () => {
  await segue.connect(tutor, "zoom");
  let answer = () => json(403, odd);
  between((sent, go) => (isCreate(sent) ? answer() : go()));
  await segue.lessons(tutor, student, 1, { startsAt: inDays(3) });
  for (let hours = 0; hours < 5; hours++) await segue.later({ hours: 1 });
  answer = () => json(403, { message: "no Route matched with those values" });
  await segue.later({ hours: 3 });
  answer = () => json(403, odd);
  await segue.later({ hours: 1 });
  aside();
  await segue.later({ hours: 1 });
  expect((await session())?.join_url).not.toBeNull();
});

test.each([
  [
    "zoom",
    { code: 300, message: "No.", errors: [{ field: "timezone", message: "Invalid field." }] },
  ],
  [
    "google_meet",
    { error: { message: "Invalid time zone definition", errors: [{ reason: "invalid" }] } },
  ],
] as const)("a zone that %s refuses is sent again as UTC", async (id, body) => {
  await segue.connect(tutor, id);
  await segue.rows(
    `update people set time_zone = 'Europe/Kyiv' where id = '${tutor.id}' returning 1`,
  );
  between((sent, go) =>
    isCreate(sent) && sent.body.includes("Europe/Kyiv") ? json(400, body) : go(),
  );
  await segue.lessons(tutor, student, 1);
  await segue.later({ minutes: 5 });
  await expectInOrder(segue, tutor);
});

test("a replaced room whose deletion is oddly refused is deleted later, and given up only if that lasts", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2, { startsAt: inDays(5) });
  const [, last] = await segue.ledger(tutor);
  let isOver = false;
  between((sent, go) => {
    const isRefused =
      sent.method === "DELETE" && (!isOver || sent.url.includes(String(last?.external_id)));
    return isRefused ? json(400, odd) : go();
  });
  await segue.connect(tutor, "google_meet");
  await segue.later({ hours: 2 });
  isOver = true;
  for (let hours = 0; hours < 4; hours++) await segue.later({ hours: 1 });
  expect(await zoomRows()).toEqual(["deleted", "deleting"]);
  for (let hours = 0; hours < 6; hours++) await segue.later({ hours: 1 });
  expect(await zoomRows()).toEqual(["deleted", "stranded"]);
});

const inDays = (days: number) => new Date(segue.clock().getTime() + days * 86_400_000);

const zoomRows = async () =>
  (await segue.ledger(tutor))
    .filter(({ provider }) => provider === "zoom")
    .map(({ state }) => state)
    .sort();
