import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Context } from "#lib/services/verb/context.ts";
import { scene } from "#tests/harness/scene.ts";
import { advanceSessions } from "./advanceSessions.ts";
import { cancelSession } from "./cancelSession.ts";
import { joinSession } from "./joinSession.ts";

const { segue, tutor, student } = scene();
/** This context waits for the host's link without a limit. */
let patient: Context;
let id: string;

let start: Date;
beforeAll(async () => {
  patient = { ...segue.ctx, sleep: () => Promise.withResolvers<void>().promise };
});

beforeEach(async () => {
  await segue.connect(tutor, "zoom");
  [id = ""] = await segue.lessons(tutor, student, 1);
  start = (await segue.sessions(tutor))[0]?.scheduled_start_at ?? new Date(Number.NaN);
});

test("the door opens fifteen minutes before the start and closes fifteen after the end", async () => {
  const door = async () => (await joinSession(patient, student, id)).kind;
  at(-16);
  expect(await door()).toBe("closed");
  expect(await joins()).toEqual([]);
  at(-15);
  expect(await door()).toBe("open");
  at(45);
  await advanceSessions(segue.ctx);
  expect(await door()).toBe("open");
  at(60);
  expect(await door()).toBe("closed");
});

test("the student is led into the room of this moment, and it is recorded", async () => {
  await segue.connect(tutor, "google_meet");
  at(-10);
  expect(await joinSession(patient, student, id)).toEqual({ kind: "open", url: await link() });
  const [session] = await segue.sessions(tutor);
  expect(await joins()).toEqual([
    { person_id: student.id, meeting_id: session?.meeting_id, joined_at: segue.clock() },
  ]);
});

test("nobody but the two participants is let through", async () => {
  at(-10);
  for (const role of ["tutor", "student"] as const) {
    const stranger = await segue.person(role);
    await expect(joinSession(patient, stranger, id)).rejects.toMatchObject({ code: "not_found" });
  }
  await expect(joinSession(patient, student, "nonsense")).rejects.toMatchObject({
    code: "not_found",
  });
});

test("the tutor enters as the host", async () => {
  at(-10);
  const door = await joinSession(patient, tutor, id);
  expect(door).toEqual({ kind: "open", url: expect.stringContaining("zak=") });
  await segue.connect(tutor, "google_meet");
  const meet = await joinSession(patient, tutor, id);
  expect(meet).toEqual({ kind: "open", url: expect.stringContaining("authuser=") });
  const stored = JSON.stringify(await segue.rows("select * from meetings"));
  expect(stored).not.toContain("zak=");
});

test("the tutor enters by the guests' link when the provider doesn't answer in two seconds", async () => {
  at(-10);
  await segue.standIns.faults({ provider: "zoom", operation: "get", effect: "hold_before" });
  const waited: number[] = [];
  const asked = Promise.withResolvers<void>();
  segue.onCall = async () => asked.resolve();
  const sleep = async (milliseconds: number) => {
    await asked.promise;
    waited.push(milliseconds);
  };
  const door = await joinSession({ ...segue.ctx, sleep }, tutor, id);
  expect(door).toEqual({ kind: "open", url: await link() });
  expect(waited).toEqual([2_000]);
});

test("the tutor enters by the guests' link when the connection is dead", async () => {
  at(-10);
  await segue.standIns.control("revoke", { provider: "zoom", email: tutor.email });
  expect(await joinSession(patient, tutor, id)).toEqual({ kind: "open", url: await link() });
});

test("the tutor enters by the guests' link when the host's can't be had for whatever reason", async () => {
  at(-10);
  await segue.rows(`update tutor_video_provider_connections
    set access_token_encrypted = 'v1.lost.a.b.c', access_token_expires_at = '2100-01-01'
    where tutor_id = '${tutor.id}' returning 1`);
  expect(await joinSession(patient, tutor, id)).toEqual({ kind: "open", url: await link() });
  expect(segue.messages()).toContain(
    "The host's way in could not be had; the tutor enters as a guest",
  );
});

test("a join that can't be recorded keeps nobody out", async () => {
  at(-10);
  await segue.rows(`alter table session_joins rename to session_joins_away`);
  const doors = await Promise.all([
    joinSession(patient, tutor, id),
    joinSession(patient, student, id),
  ]).finally(() => segue.rows(`alter table session_joins_away rename to session_joins`));
  expect(doors).toEqual([
    { kind: "open", url: expect.stringContaining("zak=") },
    { kind: "open", url: await link() },
  ]);
  expect(segue.messages()).toContain("A join could not be recorded");
  expect(await joins()).toEqual([]);
});

test("nobody is sent to a link that belongs to no provider", async () => {
  at(-10);
  for (const url of ["https://evil.example/j/123", "javascript:alert(1)", "http://zoom.us/j/1"]) {
    await segue.rows(`update sessions set join_url = '${url}' where id = '${id}' returning 1`);
    expect(await joinSession(patient, student, id)).toEqual({ kind: "closed" });
    expect(await joinSession(patient, tutor, id)).toEqual({ kind: "closed" });
  }
  expect(await joins()).toEqual([]);
});

test("a cancelled lesson's door stays closed", async () => {
  await cancelSession(segue.ctx, tutor, id);
  at(0);
  expect(await joinSession(patient, student, id)).toEqual({ kind: "closed" });
});

const at = (minutes: number) => segue.clock.set(new Date(start.getTime() + minutes * 60_000));
const link = async () => (await segue.sessions(tutor))[0]?.join_url;

const joins = () =>
  segue.rows(
    `select person_id, meeting_id, joined_at from session_joins where session_id = '${id}'`,
  );
