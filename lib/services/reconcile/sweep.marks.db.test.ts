import { expect, test } from "vitest";
import { disconnectProvider } from "#lib/services/switching/disconnectProvider.ts";
import { scene } from "#tests/harness/scene.ts";
import { settleMarks, unsettledTutors } from "./sweep.ts";

const { segue, tutor, student } = scene();

test("at rest no tutor is marked, and none is looked at", async () => {
  await switchedAndSettled();
  expect(await marks()).toBe(0);
  expect(await isLookedAt()).toBe(false);
});

test("whatever changes by hand about a lesson, its room or its connection leaves a mark", async () => {
  await switchedAndSettled();
  const byHand = {
    "a link": "update sessions set join_url = null",
    "a provider": "update sessions set provider = 'google_meet'",
    "a room's id": "update sessions set meeting_external_id = 'another'",
    "a room taken away": "update sessions set meeting_id = null",
    "a newer time": "update sessions set revision = revision + 1",
    "a room's link": "update meetings set join_url = join_url || '?' where state = 'live'",
    "a room of an older time": "update meetings set revision = 0 where state = 'live'",
    "a room of another connection":
      "update meetings set grant_id = gen_random_uuid() where state = 'live'",
    "a newer generation": "update tutor_video_provider_connections set generation = generation + 1",
  };
  const unmarked: string[] = [];
  for (const [what, change] of Object.entries(byHand)) {
    await segue.database.exec(change);
    if ((await marks()) === 0) unmarked.push(what);
    await segue.database.exec("delete from private.tutors_to_look_at");
  }
  expect(unmarked).toEqual([]);
});

test("what is no reason to look leaves none: an opened door, a sent reminder, new tokens", async () => {
  await switchedAndSettled();
  await segue.database.exec(`
    update sessions set status = 'JOIN_OPEN', updated_at = now();
    update sessions set student_notified_provider = null;
    update meetings set check_at = now(), updated_at = now();
    update tutor_video_provider_connections set access_token_expires_at = now();
    update sessions set status = 'CANCELLED'`);
  expect(await marks()).toBe(0);
});

test("a mark stays while a lesson isn't in order, so its tutor is looked at every minute", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await segue.work();
  await segue.rows("update sessions set meeting_id = null, join_url = null returning 1");
  await segue.rows("update sessions set provider = null returning 1");
  await settleMarks(segue.ctx, tutor.id);
  expect(await marks()).toBe(1);
  expect(await isLookedAt()).toBe(true);
  await segue.later({ minutes: 1 });
  await segue.later({ minutes: 1 });
  expect(await isLookedAt()).toBe(false);
});

test("a connection that is gone leaves no mark behind, and a new one finds its lessons", async () => {
  await switchedAndSettled();
  await disconnectProvider(segue.ctx, tutor);
  await segue.later({ minutes: 1 });
  expect(await marks()).toBe(0);
  await segue.connect(tutor, "google_meet");
  await segue.later({ minutes: 1 });
  const [lesson] = await segue.sessions(tutor);
  expect(lesson).toMatchObject({ provider: "google_meet" });
  expect(await marks()).toBe(0);
});

async function switchedAndSettled(): Promise<void> {
  await segue.connect(tutor, "google_meet");
  await segue.lessons(tutor, student, 1);
  await segue.connect(tutor, "zoom");
  await segue.work();
  // Until the replaced room is deleted, and the undo is over.
  await segue.later({ hours: 3 });
  await segue.later({ minutes: 1 });
}

const isLookedAt = async () => (await unsettledTutors(segue.ctx)).includes(tutor.id);

const marks = async () => {
  const [row] = await segue.rows(`select count(*)::int as count from private.tutors_to_look_at
    where tutor_id = '${tutor.id}'`);
  return row?.count;
};
