import { beforeEach, expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { unsettledTutors } from "#lib/services/reconcile/sweep.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { joinSession } from "#lib/services/sessions/joinSession.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { refreshSessionLinks } from "#lib/services/switching/refreshSessionLinks.ts";
import { scene } from "#tests/harness/scene.ts";
import { checkLinks } from "./checkLinks.ts";

const { segue, tutor, student, session } = scene();
let id: string;
let link: string;
beforeEach(async () => {
  await segue.connect(tutor, "google_meet");
  [id = ""] = await segue.lessons(tutor, student, 1);
  link = `${segue.standIns.url}/zoom/j/98765432101`;
});

test("a link written in by hand becomes the lesson's room within a minute, and is left in peace", async () => {
  const before = await session();
  await write(`join_url = '${link}'`);
  await minute();
  const after = await session();
  const [former, kept] = await segue.ledger(tutor);
  expect(after).toMatchObject({
    provider: "zoom",
    join_url: link,
    meeting_external_id: "98765432101",
    meeting_id: kept?.id,
    meeting_created_at: segue.clock(),
  });
  expect(kept).toMatchObject({
    origin: "manual",
    state: "live",
    grant_id: null,
    provider: "zoom",
    generation: 1,
    join_url: link,
  });
  expect(former).toMatchObject({
    id: before?.meeting_id,
    state: "superseded",
    delete_after: addMinutes(segue.clock(), segue.ctx.config.undoWindowMinutes),
  });
  await segue.standIns.forgetCalls();
  expect(await isLookedAt()).toBe(false);
  await segue.later({ hours: 2 });
  expect(await rooms()).toEqual(["manual live", "segue deleted"]);
  expect(await session()).toEqual(after);
  expect(await isLookedAt()).toBe(false);
});

test("its room's id is taken as written beside the link", async () => {
  await write(`join_url = '${segue.standIns.url}/zoom/j/123?pwd=x', meeting_external_id = 'mine'`);
  await minute();
  expect(await session()).toMatchObject({ meeting_external_id: "mine" });
});

test("both people are led into it, and it survives checks, a reschedule and a reconnection", async () => {
  await write(`join_url = '${link}'`);
  expect(await checkLinks(segue.ctx, tutor.id)).toMatchObject({ checked: 0 });
  await segue.work();
  await segue.standIns.forgetCalls();
  const startsAt = addMinutes(segue.clock(), 60);
  await rescheduleSession(segue.ctx, tutor, id, { startsAt: startsAt.toISOString() });
  await segue.work();
  await segue.connect(tutor, "google_meet");
  await minute();
  expect(await checkLinks(segue.ctx, tutor.id)).toMatchObject({ checked: 0 });
  expect(await isLookedAt()).toBe(false);
  for (const operation of ["create", "update", "get"] as const) {
    expect(await segue.standIns.calls(operation)).toEqual([]);
  }
  segue.clock.set(addMinutes(startsAt, -5));
  for (const person of [student, tutor]) {
    expect(await joinSession(segue.ctx, person, id)).toEqual({ kind: "open", url: link });
  }
  const kept = await session();
  const joins = await segue.rows(`select meeting_id from session_joins where session_id = '${id}'`);
  expect(joins).toEqual([{ meeting_id: kept?.meeting_id }, { meeting_id: kept?.meeting_id }]);
});

test.each(["switch", "refresh"])(
  "the next %s replaces it, also when nobody had noticed it yet, and is done with it",
  async (wish) => {
    for (const noticed of [true, false]) {
      await write(`join_url = '${link}'`);
      if (noticed) await minute();
      if (wish === "refresh") await refreshSessionLinks(segue.ctx, tutor);
      else await segue.connect(tutor, noticed ? "zoom" : "google_meet");
      await segue.work();
      const [moved] = await segue.rows(`select ms.state, m.origin from migration_sessions ms
      join meetings m on m.id = ms.from_meeting_id
      join migrations g on g.id = ms.migration_id where ms.session_id = '${id}'
      order by g.generation desc limit 1`);
      expect(moved).toEqual({ state: "moved", origin: "manual" });
      expect((await session())?.join_url).not.toBe(link);
    }
    expect(await rooms()).toContain("manual ended");
    expect(await rooms()).not.toContain("manual live");
    await segue.later({ hours: 3 });
    expect((await rooms()).filter((room) => room.startsWith("segue"))).toEqual(
      expect.arrayContaining(["segue live"]),
    );
    expect((await rooms()).filter((room) => room.endsWith("superseded"))).toEqual([]);
    expect(await isLookedAt()).toBe(false);
  },
);

test("written in while a switch makes the new room, it wins: it is the newer desired state", async () => {
  segue.onCall = async ({ method, phase }) => {
    if (method !== "createMeeting" || phase !== "after") return;
    segue.onCall = null;
    await write(`join_url = '${link}'`);
  };
  await segue.connect(tutor, "zoom");
  await segue.work();
  expect(await session()).toMatchObject({ join_url: link, provider: "zoom" });
  await segue.later({ hours: 2 });
  expect(await rooms()).toEqual(["manual live", "segue deleted", "segue deleted"]);
  expect(
    await segue.rows(`select state from migration_sessions where session_id = '${id}'`),
  ).toEqual([{ state: "skipped" }]);
  expect(await isLookedAt()).toBe(false);
});

test("written in while the lesson's old room turns out gone, it stays", async () => {
  await segue.rows(
    `update meetings set external_id = 'gone' where tutor_id = '${tutor.id}' returning 1`,
  );
  await segue.rows(
    `update sessions set meeting_external_id = 'gone' where tutor_id = '${tutor.id}' returning 1`,
  );
  segue.onCall = async ({ method, phase }) => {
    if (method !== "updateMeeting" || phase !== "after") return;
    segue.onCall = null;
    await write(`join_url = '${link}'`);
  };
  const startsAt = addMinutes(segue.clock(), 600).toISOString();
  await rescheduleSession(segue.ctx, tutor, id, { startsAt });
  await segue.work();
  expect(await session()).toMatchObject({ join_url: link, provider: "zoom" });
});

test("a second link written in replaces the first, and a cancelled lesson is done with it", async () => {
  await write(`join_url = '${link}'`);
  await minute();
  await write(`join_url = '${segue.standIns.url}/zoom/j/11122233344'`);
  await minute();
  expect(await session()).toMatchObject({ meeting_external_id: "11122233344" });
  await cancelSession(segue.ctx, tutor, id);
  await segue.later({ hours: 2 });
  expect(await rooms()).toEqual(["manual ended", "manual ended", "segue deleted"]);
  expect(await isLookedAt()).toBe(false);
});

test("a replaced room whose link is written in again isn't deleted from under it", async () => {
  const old = (await session())?.join_url ?? "";
  await segue.connect(tutor, "zoom");
  await write(`join_url = '${old}'`);
  await minute();
  expect(await session()).toMatchObject({ join_url: old, provider: "google_meet" });
  await segue.later({ hours: 2 });
  expect((await segue.standIns.rooms()).map(({ joinUrl }) => joinUrl)).toContain(old);
  expect(await rooms()).toEqual(["manual live", "segue deleted", "segue ended"]);
});

test("a lesson without a room keeps the one written in by hand", async () => {
  await segue.standIns.faults({ provider: "google", operation: "create", effect: "forbidden" });
  const other = await segue.book(tutor, student, { startsAt: addMinutes(segue.clock(), 120) });
  await segue.work();
  await segue.rows(`update sessions set join_url = '${link}' where id = '${other[0]}' returning 1`);
  await segue.standIns.faults();
  await minute();
  expect(await session()).toMatchObject({ id: other[0], join_url: link, provider: "zoom" });
  expect(await isLookedAt()).toBe(false);
});

test("the documented UPDATE of the provider alone is put right by the next sweep or check, with no call", async () => {
  const before = await session();
  await segue.standIns.forgetCalls();
  for (const look of [minute, () => checkLinks(segue.ctx, tutor.id)]) {
    await write("provider = 'zoom', updated_at = now()");
    expect(await isLookedAt()).toBe(true);
    await look();
    expect(await session()).toEqual({ ...before, updated_at: segue.clock() });
  }
  await write("provider = 'zoom'");
  await segue.connect(tutor, "zoom");
  await segue.work();
  expect(await session()).toMatchObject({
    provider: "zoom",
    join_url: expect.stringContaining("/zoom/"),
  });
  expect(await rooms()).toEqual(["segue live", "segue superseded"]);
});

test("a link taken out comes back, as long as its room lives", async () => {
  const before = await session();
  await write("join_url = null, meeting_external_id = null");
  await minute();
  expect(await session()).toEqual({ ...before, updated_at: segue.clock() });
});

test("a link on no provider's host is left alone, and its tutor is looked at once", async () => {
  const url = "https://evil.example/j/98765432101";
  await write(`join_url = '${url}', provider = 'zoom'`);
  const before = await session();
  expect(await checkLinks(segue.ctx, tutor.id)).toMatchObject({ checked: 0 });
  await minute();
  expect(await isLookedAt()).toBe(false);
  expect(await session()).toEqual(before);
  expect(await rooms()).toEqual(["segue live"]);
  segue.clock.set(before?.scheduled_start_at ?? segue.clock());
  expect(await joinSession(segue.ctx, student, id)).toEqual({ kind: "closed" });
});

const write = (change: string) =>
  segue.rows(`update sessions set ${change} where tutor_id = '${tutor.id}' returning 1`);

const rooms = async () =>
  (await segue.ledger(tutor)).map(({ origin, state }) => `${origin} ${state}`).sort();

const isLookedAt = async () => (await unsettledTutors(segue.ctx)).includes(tutor.id);
const minute = () => segue.later({ minutes: 1 });
