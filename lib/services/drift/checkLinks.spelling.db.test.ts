/**
 * Providers give titles, times and links back otherwise than they were sent. That is no difference.
 *
 * @module-tag whole
 */
import { beforeEach, expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { openGrant } from "#lib/services/calls/grantSession.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { videoSetup } from "#lib/services/switching/videoSetup.ts";
import { scene } from "#tests/harness/scene.ts";
import { checkLinks } from "./checkLinks.ts";

const { segue, tutor, student } = scene();

beforeEach(() =>
  segue.standIns.settings({
    zoomTitles: "as_sent",
    zoomStarts: "to_the_second",
    zoomPwd: "constant",
    zoomBasicUsers: [],
    zoomDailyLimit: 100,
  }),
);

const spelling = { zoomTitles: "changed", zoomStarts: "to_the_minute" } as const;
const startsAt = () => addMinutes(segue.clock(), 1_500);

test("a room whose title and time came back changed from the first is left alone", async () => {
  await segue.standIns.settings({ ...spelling, zoomPwd: "at_each_reading" });
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 3, { subject: "Algebra  🧮  and  more" });
  await check();
  expect(await writesOf(5)).toBe(0);
  expect(await check()).toEqual({ ...nothing, checked: 3 });
});

test("a provider that begins to change titles is told again once for each room at most", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 3, { subject: "Algebra  🧮" });
  await segue.standIns.settings(spelling);
  expectOnceEach(await writesOf(6));
  expect(await check()).toEqual({ ...nothing, checked: 3 });
});

test("rooms from before answers were remembered are told again once at most", async () => {
  await segue.standIns.settings(spelling);
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 3, { subject: "Algebra  🧮" });
  await forgetAnswers();
  expectOnceEach(await writesOf(6));
});

test("where the answer to a repair couldn't be read, the same difference again is its spelling", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1, { subject: "Algebra 🧮" });
  await segue.standIns.settings(spelling);
  expect(await check()).toMatchObject({ differs: 1, repaired: 1 });
  await segue.work();
  await forgetAnswers();
  expect(await check()).toEqual({ ...nothing, checked: 1 });
  const [room] = await segue.ledger(tutor);
  expect(room?.title).toContain("Algebra 🧮");
  expect(room?.answered_title).toMatch(/^Algebra with/);
});

test("whoever changes a room again and again is answered three times a day", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  const results: unknown[] = [];
  for (let hour = 1; hour <= 5; hour++) {
    await move(hour);
    results.push(await check());
    await segue.work();
  }
  const counts = { ...nothing, checked: 1, differs: 1 };
  expect(results).toEqual([1, 1, 1, 0, 0].map((repaired) => ({ ...counts, repaired })));
  segue.clock.advance({ hours: 18 });
  expect(await check()).toEqual({ ...counts, repaired: 1 });
});

test("a repair leaves the reserve of the day alone, and a new time doesn't", async () => {
  await segue.connect(tutor, "zoom");
  const [id = ""] = await segue.lessons(tutor, student, 1);
  await segue.rows(
    `update provider_budgets set taken = 90 where key like 'zoom writes %' returning 1`,
  );
  await move(3);
  await segue.standIns.forgetCalls();
  expect(await check()).toEqual({ ...nothing, checked: 1, differs: 1, repaired: 1 });
  await segue.work();
  expect(await segue.standIns.calls("update")).toEqual([]);
  expect(await segue.ledger(tutor)).toMatchObject([{ error_code: "daily_limit" }]);
  const later = addMinutes(segue.clock(), 3_000);
  await rescheduleSession(segue.ctx, tutor, id, { startsAt: later.toISOString() });
  await segue.work();
  expect(await segue.standIns.calls("update")).toHaveLength(1);
  expect(await segue.ledger(tutor)).toMatchObject([{ error_code: null, revision: 2 }]);
});

test("a link that varies is the newest one at each check, without a call and without being news", async () => {
  await segue.standIns.settings({ zoomPwd: "at_each_reading" });
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  expect(await check()).toEqual({ ...nothing, checked: 1, differs: 1, repaired: 1 });
  const [before] = await segue.sessions(tutor);
  expect(await check()).toEqual({ ...nothing, checked: 1 });
  const [after] = await segue.sessions(tutor);
  expect(after?.join_url).not.toBe(before?.join_url);
  expect(after).toMatchObject({ revision: before?.revision, meeting_id: before?.meeting_id });
  expect(await writesOf(3)).toBe(0);
});

test("a lesson saved without a change changes nothing", async () => {
  await segue.connect(tutor, "zoom");
  const [id = ""] = await segue.lessons(tutor, student, 1);
  const before = await segue.sessions(tutor);
  const mails = await mailCount();
  segue.nudged.clear();
  const same = before[0]?.scheduled_start_at.toISOString();
  await rescheduleSession(segue.ctx, tutor, id, { startsAt: same });
  expect(await segue.sessions(tutor)).toEqual(before);
  expect(await mailCount()).toBe(mails);
  expect(segue.nudged).toEqual(new Set());
});

test("a Basic user's lessons are too long, whatever their organisation pays for, until they get a licence", async () => {
  await segue.standIns.settings({ zoomBasicUsers: [tutor.email] });
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2, { durationMinutes: 50 });
  expect(await tooLong()).toEqual({ minutes: 40, count: 2 });
  await segue.standIns.settings({ zoomBasicUsers: [] });
  await check();
  expect(await tooLong()).toBeNull();
  await segue.standIns.settings({ zoomBasicUsers: [tutor.email] });
  await segue.standIns.faults({ provider: "zoom", operation: "account", effect: "unavailable" });
  await check();
  expect(await tooLong()).toBeNull();
  await segue.standIns.faults();
  await check();
  expect(await tooLong()).toEqual({ minutes: 40, count: 2 });
});

test.each(["proxy_404", "proxy_page", "no_body", "refusal_as_success", "foreign_meeting"] as const)(
  "a check that meets %s believes nothing of it",
  async (effect) => {
    await segue.connect(tutor, "zoom");
    await segue.lessons(tutor, student, 1);
    const before = [await segue.sessions(tutor), await segue.ledger(tutor)];
    await segue.standIns.faults({ provider: "zoom", operation: "get", effect });
    expect(await check()).toEqual({ ...nothing, checked: 1, unknown: 1 });
    expect([await segue.sessions(tutor), await segue.ledger(tutor)]).toEqual(before);
  },
);

test.each(["proxy_page", "no_body", "foreign_meeting"] as const)(
  "a create that is answered with %s ends in one room of the lesson's own",
  async (effect) => {
    await segue.connect(tutor, "zoom");
    await segue.standIns.faults({ provider: "zoom", operation: "create", effect, times: 1 });
    await segue.book(tutor, student, { startsAt: startsAt() });
    await segue.work();
    for (let minute = 0; minute < 3; minute++) await segue.later({ minutes: 1 });
    const [session] = await segue.sessions(tutor);
    const rooms = (await segue.standIns.rooms()).filter(({ owner }) => owner === tutor.email);
    expect(rooms.map(({ joinUrl }) => joinUrl)).toEqual([session?.join_url]);
  },
);

const nothing = { checked: 0, repaired: 0, gone: 0, differs: 0, unknown: 0, strays: 0 };
const check = () => checkLinks(segue.ctx, tutor.id);
const tooLong = async () => (await videoSetup(segue.ctx, tutor)).connection?.tooLong;
const mailCount = async () => Number((await segue.rows("select count(*) from mails"))[0]?.count);

const forgetAnswers = () =>
  segue.rows(`update meetings set answered_title = null, answered_starts_at = null
    where tutor_id = '${tutor.id}' returning 1`);

/** A room whose answer comes first shows the spelling of the others, whose repairs then need no call. */
function expectOnceEach(writes: number): void {
  expect(writes).toBeGreaterThan(0);
  expect(writes).toBeLessThanOrEqual(3);
}

/** @returns how many updates the provider was asked for by so many checks */
async function writesOf(checks: number): Promise<number> {
  await segue.standIns.forgetCalls();
  for (let i = 0; i < checks; i++) {
    await check();
    await segue.work();
  }
  return (await segue.standIns.calls("update")).length;
}

/** Moves the lesson's meeting at Zoom, as its host does on Zoom's own pages. */
async function move(hours: number): Promise<void> {
  const [row] = await segue.ledger(tutor);
  const { access, provider } = await openGrant(segue.ctx, row?.grant_id ?? "");
  await provider.updateMeeting(access, row?.external_id ?? "", {
    title: row?.title ?? "",
    startsAt: addMinutes(row?.starts_at ?? segue.clock(), hours * 60),
    durationMinutes: row?.duration_minutes ?? 0,
    timeZone: "Etc/UTC",
  });
}
