import { expect, test } from "vitest";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { disconnectProvider } from "#lib/services/switching/disconnectProvider.ts";
import { listMigrations, migrationDetail } from "#lib/services/switching/migrationHistory.ts";
import { retryMigration } from "#lib/services/switching/retryMigration.ts";
import type { Person } from "#lib/services/verb/context.ts";
import type { Fault } from "#sandbox/faults.ts";
import { expectInOrder, roomsOf } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student } = scene();

test("two lessons that are refused leave the eight others exactly as without them", async () => {
  await segue.connect(tutor, "zoom");
  const ids = await segue.lessons(tutor, student, 10);
  const before = await segue.sessions(tutor);
  await segue.standIns.faults(...refusals);

  const result = await segue.connect(tutor, "google_meet");

  expect(result).toMatchObject({ success: false, total: 10, migrated: 8, failed: 2, deferred: 0 });
  const isRefused = (index: number) => index === 2 || index === 6;
  expect(result?.sessions).toEqual(
    ids.map((id, index) =>
      isRefused(index)
        ? { id, status: "failed", error: "Failed to create meeting" }
        : { id, status: "moved", error: null },
    ),
  );
  const after = await segue.sessions(tutor);
  for (const [index, session] of after.entries()) {
    if (isRefused(index)) expect(session).toEqual(before[index]);
    else expect(session.provider).toBe("google_meet");
  }
  expect(segue.messages()).toContain("Some sessions failed to migrate");
  expect(segue.messages()).toContain(
    "✅ Migration complete. Migrated 8/10 sessions to google_meet",
  );
  await expectInOrder(segue, tutor);
  const detail = await migrationDetail(segue.ctx, tutor, result?.migrationId ?? "");
  expect(detail).toMatchObject({ status: "completed_with_failures", moved: 8, failed: 2 });
  expect(detail.sessions[2]).toMatchObject({
    state: "failed",
    error: { code: "invalid_request", detail: expect.stringMatching(/\w/) },
    attempts: 1,
  });
});

test("a lesson that stays keeps its old room beyond the undo window, and retry moves it", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 8);
  await segue.standIns.faults(...refusals);
  const first = await segue.connect(tutor, "google_meet");
  await segue.later({ hours: 3 });
  await expectInOrder(segue, tutor);
  const rooms = await roomsOf(segue, tutor);
  expect(rooms.filter(({ provider }) => provider === "zoom")).toHaveLength(2);

  const again = await retryMigration(segue.ctx, tutor, first?.migrationId ?? "");
  expect(again).toMatchObject({ total: 2, migrated: 0, failed: 2 });
  await segue.standIns.faults();
  const third = await retryMigration(segue.ctx, tutor, again.migrationId ?? "");
  expect(third).toMatchObject({ total: 2, migrated: 2, failed: 0, success: true });
  expect(third.migrationId).not.toBe(first?.migrationId);
  const providers = new Set((await segue.sessions(tutor)).map(({ provider }) => provider));
  expect([...providers]).toEqual(["google_meet"]);
  await segue.later({ hours: 2 });
  expect(await roomsOf(segue, tutor)).toHaveLength(8);
  await expectInOrder(segue, tutor);
});

test("a retry is refused where nothing failed, to a stranger, and while another runs", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  const result = await segue.connect(tutor, "google_meet");
  const id = result?.migrationId ?? "";
  const code = (person: Person, migration: string) =>
    retryMigration(segue.ctx, person, migration).then(
      () => "none",
      (error: { code: string }) => error.code,
    );
  expect(await code(tutor, id)).toBe("wrong_state");
  expect(await code(await segue.person("tutor"), id)).toBe("not_found");
  expect(await code(student, id)).toBe("not_found");
  expect(await code(tutor, "not-an-id")).toBe("not_found");
});

test.each([
  ["meet_not_allowed", "not_supported"],
  ["forbidden", "not_allowed"],
] as const)("%s fails the lessons at once and is not tried again", async (effect, code) => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2);
  await segue.standIns.faults({ provider: "google", operation: "create", effect });
  const result = await segue.connect(tutor, "google_meet");
  expect(result).toMatchObject({ success: false, migrated: 0, failed: 2 });
  const detail = await migrationDetail(segue.ctx, tutor, result?.migrationId ?? "");
  expect(detail.sessions.map(({ error }) => error?.code)).toEqual([code, code]);
  await segue.later({ hours: 5 });
  expect(await segue.standIns.calls("create")).toHaveLength(4);
  await expectInOrder(segue, tutor);
  expect((await segue.sessions(tutor)).map(({ provider }) => provider)).toEqual(["zoom", "zoom"]);
});

test("a lesson cancelled after a passing error counts as not needed any more, not as failed", async () => {
  const [first = ""] = await switchUnderLimits();
  await cancelSession(segue.ctx, student, first);
  await segue.work();
  await segue.standIns.faults();
  await segue.later({ minutes: 6 });
  expect(await outcome()).toEqual({ status: "completed", states: ["skipped", "moved"] });
});

test("lessons left by disconnecting in the middle of a switch don't count as failed", async () => {
  await switchUnderLimits();
  await disconnectProvider(segue.ctx, tutor);
  await segue.work();
  expect(await outcome()).toEqual({ status: "completed", states: ["skipped", "skipped"] });
  expect(segue.messages()).not.toContain("Some sessions failed to migrate");
});

test("a lesson that began unmoved after errors counts as failed", async () => {
  await switchUnderLimits();
  await segue.later({ days: 1, minutes: 30 });
  await segue.standIns.faults();
  await segue.later({ minutes: 6 });
  expect(await outcome()).toEqual({
    status: "completed_with_failures",
    states: ["failed", "moved"],
  });
  expect(segue.messages()).toContain("Some sessions failed to migrate");
});

test("a refusal that arrives after a newer switch fails nothing of that switch", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await segue.standIns.faults({ provider: "google", operation: "create", effect: "forbidden" });
  segue.onCall = async ({ provider, method, phase }) => {
    if (provider !== "google_meet" || method !== "createMeeting" || phase !== "after") return;
    segue.onCall = null;
    await segue.connect(tutor, "zoom", `second.${tutor.email}`);
  };
  await segue.connect(tutor, "google_meet");
  await segue.later({ minutes: 1 });
  expect(
    await segue.rows(`select kind, status, error_code, state from migrations m
    join migration_sessions s on s.migration_id = m.id
    where m.tutor_id = '${tutor.id}' order by generation`),
  ).toEqual([
    { kind: "switch", status: "superseded", error_code: null, state: "superseded" },
    { kind: "switch", status: "completed", error_code: null, state: "moved" },
  ]);
  await expectInOrder(segue, tutor);
});

/** Two of the ten lessons are refused for good. */
const refusals: Fault[] = ["Lesson 3.", "Lesson 7."].map((titleIncludes) => ({
  provider: "google",
  operation: "create",
  effect: "invalid_request",
  titleIncludes,
}));

/** Two lessons are tomorrow, an hour apart. Neither has moved yet, because Zoom lets nothing through. */
async function switchUnderLimits(): Promise<string[]> {
  await segue.connect(tutor, "google_meet");
  const ids = await segue.lessons(tutor, student, 2);
  await segue.standIns.faults({ provider: "zoom", operation: "create", effect: "rate_limited" });
  expect(await segue.connect(tutor, "zoom")).toMatchObject({ running: true, migrated: 0 });
  return ids;
}

async function outcome() {
  const [migration] = (await listMigrations(segue.ctx, tutor)).items;
  const { status, sessions } = await migrationDetail(segue.ctx, tutor, migration?.id ?? "");
  return { status, states: sessions.map(({ state }) => state) };
}
