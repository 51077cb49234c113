import { expect, test } from "vitest";
import { asService } from "#lib/platform/db.ts";
import { installationId } from "#lib/records/installation/queries.ts";
import { meetingKey } from "#lib/records/meetings/rules.ts";
import { openGrant } from "#lib/services/calls/grantSession.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { expectInOrder } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";
import { checkLinks } from "./checkLinks.ts";
import { findOrphans } from "./findOrphans.ts";

const { segue, tutor, student, living } = scene();

test("a second room under one key is deleted, and the one handed out is not", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2);
  const before = await segue.sessions(tutor);
  const [row] = await segue.ledger(tutor);
  const second = await makeAtZoom(row?.key ?? "");
  expect(await find()).toEqual({
    grants: [
      {
        grantId: row?.grant_id,
        provider: "zoom",
        current: true,
        looked: true,
        orphans: [
          { externalId: second, key: row?.key, sessionId: row?.session_id, outcome: "deleting" },
        ],
        unknown: [],
        living: expect.arrayContaining([second, row?.external_id]),
        place: null,
      },
    ],
  });
  await segue.work();
  expect(await segue.sessions(tutor)).toEqual(before);
  expect((await living()).map(({ id }) => id).sort()).toEqual(
    before.map((session) => session.meeting_external_id).sort(),
  );
  expect(await orphans()).toEqual([]);
  await expectInOrder(segue, tutor);
});

test("found twice, also at the same time, an orphan gets one row, and it waits like any other", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  const [row] = await segue.ledger(tutor);
  const second = await makeAtZoom(row?.key ?? "");
  await segue.standIns.control("start-meeting", { id: second });
  await Promise.all([find(), find()]);
  await segue.work();
  await find();
  expect((await segue.ledger(tutor)).map(({ state }) => state).sort()).toEqual([
    "deleting",
    "live",
  ]);
  await segue.standIns.control("end-meeting", { id: second });
  await segue.later({ minutes: 16 });
  expect((await segue.ledger(tutor)).map(({ state }) => state).sort()).toEqual(["deleted", "live"]);
});

test("a room with a mark that isn't in the ledger is reported and left alone", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  const key = meetingKey(segue.ctx.newId());
  const foreign = await makeAtZoom(key);
  const another = await makeAtZoom(meetingKey(segue.ctx.newId()), "another-installation");
  const [grant] = (await find()).grants;
  expect(grant?.unknown).toEqual([{ externalId: foreign, key }]);
  expect(grant?.orphans).toEqual([]);
  await segue.work();
  expect(await living()).toHaveLength(3);
  expect(await segue.ledger(tutor)).toHaveLength(1);
  expect(segue.messages()).toContain("Meetings without a use were found at the provider");
  for (const id of [foreign, another]) {
    await segue.standIns.control("delete-meeting", { provider: "zoom", id });
  }
});

test("a copy that somebody made of a lesson's meeting on another day is theirs", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  segue.clock.advance({ hours: 4 });
  const copy = await makeAtZoom((await segue.ledger(tutor))[0]?.key ?? "");
  expect((await find()).grants).toMatchObject([{ orphans: [], unknown: [{ externalId: copy }] }]);
  await segue.work();
  expect(await living()).toHaveLength(2);
});

test.each(["google_meet", "zoom"] as const)(
  "a room that lives although its row says deleted goes as well (%s)",
  async (id) => {
    await segue.connect(tutor, id);
    const [sessionId = ""] = await segue.lessons(tutor, student, 1);
    const [room] = await living();
    await cancelSession(segue.ctx, tutor, sessionId);
    await segue.database.exec(
      `update meetings set state = 'deleted', closed_at = updated_at where tutor_id = '${tutor.id}'`,
    );
    segue.clock.advance({ minutes: 1 });
    expect(await orphans()).toMatchObject([{ externalId: room?.id, outcome: "deleting" }]);
    await segue.work();
    expect(await living()).toEqual([]);
  },
);

test("a room that ends at the provider while it is being listed is no orphan", async () => {
  await segue.connect(tutor, "zoom");
  const [sessionId = ""] = await segue.lessons(tutor, student, 1);
  segue.onCall = async ({ method, phase }) => {
    if (method !== "listMarked" || phase !== "after") return;
    segue.onCall = null;
    await cancelSession(segue.ctx, tutor, sessionId);
    await segue.work();
  };
  expect(await orphans()).toEqual([]);
  expect((await segue.ledger(tutor)).map(({ state }) => state)).toEqual(["deleted"]);
});

test("orphans at a replaced connection are found and deleted with it", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2);
  const [row] = await segue.ledger(tutor);
  await segue.connect(tutor, "google_meet");
  const second = await makeAtZoom(row?.key ?? "");
  const report = await find();
  expect(report.grants).toMatchObject([
    { provider: "google_meet", current: true, looked: true, orphans: [] },
    { provider: "zoom", current: false, looked: true, orphans: [{ externalId: second }] },
  ]);
  await segue.work();
  expect((await living()).map(({ id }) => id)).not.toContain(second);
  await expectInOrder(segue, tutor);
});

test("a connection that can't be asked is reported, and the others are scanned", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await segue.connect(tutor, "google_meet");
  await segue.work();
  await segue.standIns.faults({ provider: "google", operation: "list", effect: "unavailable" });
  expect((await find()).grants).toMatchObject([
    { current: true, looked: false, error: { code: "unavailable", again: expect.any(Date) } },
    { current: false, looked: true },
  ]);
  await segue.standIns.faults();
  await segue.standIns.control("revoke", { provider: "zoom", email: tutor.email });
  await segue.standIns.control("expire-tokens");
  const dead = { current: false, looked: false, error: { code: "grant_revoked", again: null } };
  expect((await find()).grants).toMatchObject([{ looked: true }, dead]);
  await segue.standIns.forgetCalls();
  expect((await find()).grants).toMatchObject([{ looked: true }, dead]);
  expect((await segue.standIns.calls()).filter(({ provider }) => provider === "zoom")).toEqual([]);
});

test.each(["google_meet", "zoom"] as const)(
  "a room that somebody has written into a lesson by hand is kept (%s)",
  async (id) => {
    await segue.connect(tutor, id);
    const [first = "", other = ""] = await segue.lessons(tutor, student, 2);
    const room = (await segue.sessions(tutor)).find((session) => session.id === first);
    await cancelSession(segue.ctx, tutor, first);
    await segue.database.exec(
      `update meetings set state = 'deleted', closed_at = updated_at where session_id = '${first}';
       update sessions set join_url = '${room?.join_url}' where id = '${other}'`,
    );
    segue.clock.advance({ minutes: 1 });
    const kept = [{ externalId: room?.meeting_external_id, outcome: "kept" }];
    expect(await orphans()).toMatchObject(kept);
    await segue.work();
    expect((await segue.ledger(tutor)).map(({ origin }) => origin)).toContain("manual");
    const found = await orphans();
    // Zoom's link holds the id that the ledger knows. A Meet room has another name than its event.
    expect(found).toMatchObject(id === "zoom" ? [] : kept);
    await segue.later({ minutes: 90 });
    expect((await living()).map(({ joinUrl }) => joinUrl)).toContain(room?.join_url);
  },
);

test("written into a lesson just before its deletion, an orphan is kept all the same", async () => {
  await segue.connect(tutor, "zoom");
  const [first = ""] = await segue.lessons(tutor, student, 2);
  const row = (await segue.ledger(tutor)).find((meeting) => meeting.session_id === first);
  const second = await makeAtZoom(row?.key ?? "");
  const link = (await living()).find(({ id }) => id === second)?.joinUrl;
  await find();
  await segue.database.exec(`update sessions set join_url = '${link}' where id = '${first}'`);
  await segue.work();
  expect((await living()).map(({ id }) => id)).toContain(second);
});

test("a deletion that the provider refuses for good isn't asked for again with each scan", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  const [row] = await segue.ledger(tutor);
  await makeAtZoom(row?.key ?? "");
  await segue.standIns.faults({ provider: "zoom", operation: "delete", effect: "forbidden" });
  await find();
  await segue.work();
  segue.clock.advance({ minutes: 1 });
  expect(await orphans()).toMatchObject([{ outcome: "refused" }]);
  expect(await segue.ledger(tutor)).toHaveLength(2);
});

test("after a crash between scan and deletion the next worker deletes it", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  const [row] = await segue.ledger(tutor);
  const second = await makeAtZoom(row?.key ?? "");
  // The nudge is lost with the process.
  await find({ ...segue.ctx, nudge: async () => undefined });
  expect(segue.nudged.size).toBe(0);
  await segue.later({ seconds: 60 });
  expect((await living()).map(({ id }) => id)).toEqual([row?.external_id]);
  expect((await living()).map(({ id }) => id)).not.toContain(second);
});

test("a room whose row waits to be made again is taken, not made a second time", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await segue.standIns.faults({ provider: "zoom", operation: "create", effect: "rate_limited" });
  const [sessionId = ""] = await segue.book(tutor, student, {
    startsAt: new Date(segue.clock().getTime() + 3 * 86_400_000),
  });
  await segue.work();
  const waiting = (await segue.ledger(tutor)).find((row) => row.session_id === sessionId);
  expect(waiting).toMatchObject({ state: "intended", outcome_unknown: false });
  const late = await makeAtZoomPastFaults(waiting?.key ?? "");
  expect(await orphans()).toEqual([]);
  await segue.later({ minutes: 1 });
  const session = (await segue.sessions(tutor)).find(({ id }) => id === sessionId);
  expect(session?.meeting_external_id).toBe(late);
  expect(await living()).toHaveLength(2);
});

async function makeAtZoomPastFaults(key: string): Promise<string> {
  await segue.standIns.faults();
  return makeAtZoom(key);
}

test("Check links scans for orphans too, and says how many", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  const [row] = await segue.ledger(tutor);
  await makeAtZoom(row?.key ?? "");
  expect(await checkLinks(segue.ctx, tutor.id)).toMatchObject({ checked: 1, strays: 1 });
  await segue.work();
  expect(await checkLinks(segue.ctx, tutor.id)).toMatchObject({ checked: 1, strays: 0 });
  expect(await living()).toHaveLength(1);
});

test("two tutors on one Google account leave each other's rooms alone", async () => {
  const other = await segue.person("tutor");
  await segue.connect(tutor, "google_meet");
  await segue.connect(other, "google_meet", tutor.email);
  const [mine = ""] = await segue.lessons(tutor, student, 1);
  await segue.lessons(other, student, 1, { startsAt: new Date(segue.clock().getTime() + 2e8) });
  await cancelSession(segue.ctx, tutor, mine);
  await segue.work();
  expect((await findOrphans(segue.ctx, other.id)).grants).toMatchObject([
    { looked: true, orphans: [], unknown: [] },
  ]);
  const rows = await asService(segue.ctx.db, (trx) =>
    trx.selectFrom("meetings").select("state").where("tutor_id", "=", other.id).execute(),
  );
  expect(rows).toEqual([{ state: "live" }]);
});

const find = (of: Context = segue.ctx) => findOrphans(of, tutor.id);
const orphans = async () => (await find()).grants.flatMap((grant) => grant.orphans);

const grantIdOf = async (provider: "google_meet" | "zoom") =>
  (await segue.ledger(tutor)).find((row) => row.provider === provider)?.grant_id ?? "";

/** Makes what a create that landed late leaves at Zoom. @returns its id */
async function makeAtZoom(key: string, installation?: string): Promise<string> {
  const { access } = await openGrant(segue.ctx, await grantIdOf("zoom"));
  const made = await segue.ctx.providers.get("zoom").createMeeting(access, {
    key,
    installationId: installation ?? (await installationId(segue.ctx.db)),
    title: "A second one",
    startsAt: new Date(segue.clock().getTime() + 86_400_000),
    durationMinutes: 45,
    timeZone: "Etc/UTC",
  });
  return made.externalId;
}
