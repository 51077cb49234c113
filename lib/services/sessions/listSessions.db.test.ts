import { beforeEach, expect, test } from "vitest";
import { undoMigration } from "#lib/services/switching/undoMigration.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { scene } from "#tests/harness/scene.ts";
import { cancelSession } from "./cancelSession.ts";
import { joinSession } from "./joinSession.ts";
import { getSession, listSessions } from "./listSessions.ts";

const { segue, tutor, student } = scene();
let id: string;
let startsAt: Date;
beforeEach(async () => {
  await segue.connect(tutor, "zoom");
  [id = ""] = await segue.lessons(tutor, student, 1);
  startsAt = (await segue.sessions(tutor))[0]?.scheduled_start_at ?? new Date(Number.NaN);
  segue.clock.set(new Date(startsAt.getTime() - 10 * 60_000));
});

test("who entered the old room learns that the lesson has moved, and nobody else", async () => {
  await joinSession(segue.ctx, student, id);
  expect(await hasMoved(student)).toBe(false);
  await segue.connect(tutor, "google_meet");
  expect(await hasMoved(student)).toBe(true);
  expect(await hasMoved(tutor)).toBe(false);
});

test("joining again, it is the right room", async () => {
  await joinSession(segue.ctx, student, id);
  await segue.connect(tutor, "google_meet");
  segue.clock.advance({ minutes: 1 });
  await joinSession(segue.ctx, student, id);
  expect(await hasMoved(student)).toBe(false);
});

test("after an undo the room that they entered is the right one again", async () => {
  await joinSession(segue.ctx, student, id);
  const result = await segue.connect(tutor, "google_meet");
  await undoMigration(segue.ctx, tutor, result?.migrationId ?? "");
  await segue.work();
  expect(await hasMoved(student)).toBe(false);
});

test("nobody is asked to join again what is over or cancelled", async () => {
  await joinSession(segue.ctx, student, id);
  await segue.connect(tutor, "google_meet");
  await cancelSession(segue.ctx, tutor, id);
  expect(await hasMoved(student)).toBe(false);
});

const hasMoved = async (person: Person) => {
  const { movedSinceJoin } = await getSession(segue.ctx, person, id);
  const listed = (await listSessions(segue.ctx, person)).items.find((session) => session.id === id);
  expect(listed?.movedSinceJoin).toBe(movedSinceJoin);
  return movedSinceJoin;
};
