import { expect, test } from "vitest";
import { advanceSessions } from "#lib/services/sessions/advanceSessions.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { listSessions } from "#lib/services/sessions/listSessions.ts";
import { expectInOrder, roomsOf } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";

// The requirement documents' queries ask the database for the time, so the clock here is the real one.
const { segue, tutor, student } = scene({ start: new Date() });

test("a tutor with five lessons on Zoom who switches to Meet has five lessons on Meet", async () => {
  await segue.connect(tutor, "zoom");
  const ids = await segue.lessons(tutor, student, 5);
  const before = await segue.sessions(tutor);
  segue.logs.length = 0;
  segue.clock.advance({ minutes: 1 });

  const result = await segue.connect(tutor, "google_meet");

  expect(result).toEqual({
    success: true,
    migrationId: expect.any(String),
    provider: "google_meet",
    total: 5,
    migrated: 5,
    failed: 0,
    deferred: 0,
    running: false,
    sessions: ids.map((id) => ({ id, status: "moved", error: null })),
  });
  const after = await segue.sessions(tutor);
  for (const [index, session] of after.entries()) {
    expect(session.provider).toBe("google_meet");
    expect(session.join_url).toContain("/meet/");
    expect(session.join_url).not.toBe(before[index]?.join_url);
    expect(session.meeting_external_id).not.toBe(before[index]?.meeting_external_id);
    expect(session.meeting_created_at?.getTime()).toBeGreaterThan(
      before[index]?.meeting_created_at?.getTime() ?? Number.NaN,
    );
    expect(session.updated_at).toEqual(session.meeting_created_at);
  }
  await expectInOrder(segue, tutor);
});

test("the log tells of a switch in the documented words: start, found and complete once", async () => {
  await segue.connect(tutor, "zoom");
  const ids = await segue.lessons(tutor, student, 3);
  segue.logs.length = 0;
  await segue.connect(tutor, "google_meet");
  await segue.later({ minutes: 1 });

  const told = segue.messages();
  expect(told.slice(0, 2)).toEqual([
    `🔄 Starting session migration for tutor ${tutor.id} to google_meet`,
    "📋 Found 3 future sessions to migrate",
  ]);
  expect(told.at(-1)).toBe("✅ Migration complete. Migrated 3/3 sessions to google_meet");
  expect(told.slice(2, -1).sort()).toEqual(
    ids
      .flatMap((id) => [
        `✅ Successfully migrated session ${id} to google_meet`,
        `🔄 Migrating session ${id}...`,
      ])
      .sort(),
  );
});

test("a new booking's first room is not logged as a migration", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  expect(segue.messages().filter((message) => /migrat/i.test(message))).toEqual([]);
});

test("support's queries run as documented and show the new provider", async () => {
  await segue.connect(tutor, "google_meet");
  await segue.lessons(tutor, student, 2);
  await segue.connect(tutor, "zoom");
  const listed = await segue.rows(`SELECT
    id,
    provider,
    join_url,
    scheduled_start_at,
    status
  FROM sessions
  WHERE tutor_id = '${tutor.id}'
    AND status IN ('SCHEDULED', 'JOIN_OPEN')
    AND scheduled_start_at >= NOW()
  ORDER BY scheduled_start_at ASC;`);
  const links = (await segue.sessions(tutor)).map(({ join_url }) => join_url);
  expect(listed.map(({ join_url }) => join_url)).toEqual(links);
  expect(listed.map(({ provider, status }) => [provider, status])).toEqual([
    ["zoom", "SCHEDULED"],
    ["zoom", "SCHEDULED"],
  ]);
  const connection = await segue.rows(`SELECT provider, connection_status, updated_at
    FROM tutor_video_provider_connections
    WHERE tutor_id = '${tutor.id}';`);
  expect(connection).toEqual([
    { provider: "zoom", connection_status: "connected", updated_at: expect.any(Date) },
  ]);
  const checked = await segue.rows(`SELECT id, provider, join_url, updated_at
    FROM sessions
    WHERE tutor_id = '${tutor.id}'
      AND scheduled_start_at >= NOW()
      AND status IN ('SCHEDULED', 'JOIN_OPEN');`);
  expect(checked).toHaveLength(2);
});

test("after the documented last resort by hand, a refresh puts everything right", async () => {
  await segue.connect(tutor, "google_meet");
  await segue.lessons(tutor, student, 2);
  await segue.rows(`UPDATE sessions
    SET
      provider = 'zoom',  -- or 'google_meet'
      updated_at = NOW()
    WHERE tutor_id = '${tutor.id}'
      AND scheduled_start_at >= NOW()
      AND status IN ('SCHEDULED', 'JOIN_OPEN');`);
  await segue.connect(tutor, "zoom");
  const providers = (await segue.sessions(tutor)).map(({ provider }) => provider);
  expect(providers).toEqual(["zoom", "zoom"]);
  await expectInOrder(segue, tutor);
});

test("lessons that are past, running, completed or cancelled stay where they are", async () => {
  await segue.connect(tutor, "zoom");
  const soon = new Date(segue.clock().getTime() + 600_000);
  const [over] = await segue.lessons(tutor, student, 1, { startsAt: soon, durationMinutes: 20 });
  const runningAt = new Date(soon.getTime() + 40 * 60_000);
  await segue.lessons(tutor, student, 1, { startsAt: runningAt });
  const [cancelled, kept] = await segue.lessons(tutor, student, 2);
  await cancelSession(segue.ctx, student, cancelled ?? "");
  segue.clock.set(new Date(runningAt.getTime() + 60_000));
  await advanceSessions(segue.ctx);
  await segue.work();
  const before = await segue.sessions(tutor);
  expect(before.map(({ status }) => status)).toEqual([
    "COMPLETED",
    "JOIN_OPEN",
    "CANCELLED",
    "SCHEDULED",
  ]);

  const result = await segue.connect(tutor, "google_meet");

  expect(result?.sessions.map(({ id }) => id)).toEqual([kept]);
  const after = await segue.sessions(tutor);
  expect(after.slice(0, 3)).toEqual(before.slice(0, 3));
  expect(after[3]?.provider).toBe("google_meet");
  expect(after.find(({ id }) => id === over)?.provider).toBe("zoom");
});

test("the students' link is the same before and after", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2);
  const links = async () =>
    (await listSessions(segue.ctx, student)).items.map(({ joinUrl }) => joinUrl);
  const before = await links();
  await segue.connect(tutor, "google_meet");
  expect(await links()).toEqual(before);
  const [view] = (await listSessions(segue.ctx, student)).items;
  expect(view).toMatchObject({ provider: "google_meet", linkState: "ready" });
  expect(view).not.toHaveProperty("room");
});

test("old rooms stay through the undo window and are deleted with their own grant after it", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2);
  await segue.connect(tutor, "google_meet");
  await segue.later({ minutes: 59 });
  const states = async () =>
    (await roomsOf(segue, tutor)).map(({ provider, state }) => `${provider} ${state}`).sort();
  const all = ["google_meet live", "google_meet live", "zoom superseded", "zoom superseded"];
  expect(await states()).toEqual(all);
  await segue.later({ minutes: 1 });
  expect(await states()).toEqual(["google_meet live", "google_meet live"]);
  const deleted = (await segue.ledger(tutor)).filter(({ state }) => state === "deleted");
  expect(deleted.map(({ provider }) => provider)).toEqual(["zoom", "zoom"]);
  await expectInOrder(segue, tutor);
});

test("a lesson under way keeps its old room until fifteen minutes after its end", async () => {
  await segue.connect(tutor, "zoom");
  const startsAt = new Date(segue.clock().getTime() + 50 * 60_000);
  await segue.lessons(tutor, student, 1, { startsAt, durationMinutes: 30 });
  await segue.connect(tutor, "google_meet");
  await segue.later({ minutes: 94 });
  expect(await roomsOf(segue, tutor)).toHaveLength(2);
  await segue.later({ minutes: 1 });
  expect((await roomsOf(segue, tutor)).map(({ provider }) => provider)).toEqual(["google_meet"]);
});
