import { beforeEach, expect, test } from "vitest";
import { acceptBooking } from "#lib/services/bookings/acceptBooking.ts";
import { fillWallClocks } from "#lib/services/bookings/fillWallClocks.ts";
import { listBookings } from "#lib/services/bookings/listBookings.ts";
import { requestBooking } from "#lib/services/bookings/requestBooking.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { scene } from "#tests/harness/scene.ts";
import { newerRules, olderRules, VANCOUVER } from "#tests/harness/time/vancouver.ts";
import { cancelSession } from "./cancelSession.ts";
import { decideZoneChanges } from "./decideZoneChanges.ts";
import { getSession, listSessions } from "./listSessions.ts";
import { rescheduleSession } from "./rescheduleSession.ts";
import { allZoneChanges, listZoneChanges } from "./zoneChanges.ts";

const { segue, tutor, student } = scene({
  start: "2026-11-20T09:00:00Z",
  tutor: { timeZone: VANCOUVER },
});
let older: Context;
let newer: Context;

beforeEach(async () => {
  older = { ...segue.ctx, zoneRules: olderRules };
  newer = { ...segue.ctx, zoneRules: newerRules };
  await segue.connect(tutor, "zoom");
});

test("after new zone rules the lessons whose local time changed are listed, and none has moved", async () => {
  const [id = ""] = await lesson("2027-01-11T10:00");
  await lesson("2026-11-21T10:00", "Europe/Berlin");
  expect(await listZoneChanges(older, tutor)).toEqual([]);
  expect(await listZoneChanges(newer, tutor)).toMatchObject([
    {
      sessionId: id,
      timeZone: VANCOUVER,
      agreed: "2027-01-11T10:00",
      shown: "2027-01-11T11:00",
      startsAt: "2027-01-11T18:00:00.000Z",
      agreedAt: "2027-01-11T17:00:00.000Z",
    },
  ]);
  const { changes } = await allZoneChanges(newer);
  expect(changes.filter(({ sessionId }) => sessionId === id)).toHaveLength(1);
  expect(await getSession(newer, tutor, id)).toMatchObject({
    scheduledStartAt: "2027-01-11T18:00:00.000Z",
    startsAtLocal: "2027-01-11T11:00",
    utcOffset: "-07:00",
    timeZone: VANCOUVER,
  });
});

test("keeping what was agreed on moves the meeting, keeping the instant keeps it, and neither is listed again", async () => {
  const [first = "", second = ""] = await lesson("2027-01-11T10:00", VANCOUVER, 2);
  await segue.work();
  const keep = { keep: "agreed", sessionIds: [first] };
  const { decided, left } = await decideZoneChanges(newer, tutor, keep);
  expect([decided, left.map(({ sessionId }) => sessionId)]).toEqual([1, [second]]);
  expect(await decideZoneChanges(newer, tutor, { keep: "instant" })).toEqual({
    decided: 1,
    left: [],
  });
  await segue.work();
  expect((await listSessions(newer, tutor)).items).toMatchObject([
    { scheduledStartAt: "2027-01-11T17:00:00.000Z", startsAtLocal: "2027-01-11T10:00" },
    { scheduledStartAt: "2027-01-18T18:00:00.000Z", startsAtLocal: "2027-01-18T11:00" },
  ]);
  const times = (await segue.ledger(tutor)).map(({ starts_at }) => starts_at.toISOString());
  expect(times.toSorted()).toEqual(["2027-01-11T17:00:00.000Z", "2027-01-18T18:00:00.000Z"]);
  // Rules that change back are told of, too.
  expect(await listZoneChanges(older, tutor)).toHaveLength(2);
});

test("each student gets one mail about a decision, whatever the number of lessons", async () => {
  await lesson("2027-01-11T10:00", VANCOUVER, 3);
  await segue.rows("delete from private.mail_texts");
  expect((await decideZoneChanges(newer, tutor, { keep: "agreed" })).decided).toBe(3);
  const mails = await segue.rows(
    "select to_email, subject, text_body, calendar_body from private.mail_texts",
  );
  expect(mails).toMatchObject([
    { to_email: student.email, subject: expect.stringContaining("3 lessons with") },
  ]);
  expect(String(mails[0]?.text_body)).toContain("America/Vancouver");
  expect(String(mails[0]?.calendar_body).match(/DTSTART:\d{8}T17/g)).toHaveLength(3);
});

test("whoever lives where the rules stay reads the new time on their own clock, and the former one", async () => {
  await lesson("2027-01-11T10:00", VANCOUVER, 2);
  await segue.rows(`update people set time_zone = 'Europe/London' where id = '${student.id}'`);
  const [first = "", second = ""] = (await listZoneChanges(newer, tutor)).map(
    (one) => one.sessionId,
  );
  await segue.rows("delete from private.mail_texts");
  await decideZoneChanges(newer, tutor, { keep: "agreed", sessionIds: [first] });
  await decideZoneChanges(newer, tutor, { keep: "instant", sessionIds: [second] });
  const [agreed, instant] = await segue.rows(
    "select subject, text_body from private.mail_texts order by subject",
  );
  expect(agreed?.subject).toContain("another time on your clock");
  expect(agreed?.text_body).toContain(
    "now Monday, 11 January 2027 at 17:00 (Europe/London) instead of 18:00",
  );
  expect(agreed?.text_body).not.toContain("stays");
  expect(instant?.subject).toContain("the time on your clock stays");
  expect(instant?.text_body).toContain("Monday, 18 January 2027 at 18:00 (Europe/London)");
});

test("lessons one after another all move, and those without room to move stay to be decided", async () => {
  for (const time of ["10:00", "11:00", "12:00"]) await lesson(`2027-01-11T${time}`);
  const all = await decideZoneChanges(newer, tutor, { keep: "agreed" });
  expect(all).toEqual({ decided: 3, left: [] });
  for (const time of ["10:00", "11:00", "13:00"]) await lesson(`2027-01-12T${time}`);
  // The hour to which the first of them would move.
  await lesson("2027-01-12T17:00", "UTC");
  const { decided, left } = await decideZoneChanges(newer, tutor, { keep: "agreed" });
  expect(decided).toBe(1);
  expect(left.map(({ agreed }) => agreed)).toEqual(["2027-01-12T10:00", "2027-01-12T11:00"]);
});

test("a request means what clocks show: accepted after new rules, its lessons are at the time asked for", async () => {
  const id = await request("2027-01-11T10:00", VANCOUVER, 2);
  const [asked] = (await listBookings(newer, student)).items;
  expect(asked).toMatchObject({
    startsAt: "2027-01-11T17:00:00.000Z",
    startsAtLocal: "2027-01-11T10:00",
    utcOffset: "-07:00",
  });
  await acceptBooking(newer, tutor, id);
  expect((await listSessions(newer, student)).items).toMatchObject([
    { startsAtLocal: "2027-01-11T10:00", scheduledStartAt: "2027-01-11T17:00:00.000Z" },
    { startsAtLocal: "2027-01-18T10:00", scheduledStartAt: "2027-01-18T17:00:00.000Z" },
  ]);
  expect(await listZoneChanges(newer, tutor)).toEqual([]);
});

test("what is over, cancelled, moved since or changed by hand is no matter of zone rules", async () => {
  const [cancelled = ""] = await lesson("2027-01-11T10:00");
  const [moved = ""] = await lesson("2027-01-12T10:00");
  const [byHand = ""] = await lesson("2027-01-13T10:00");
  await cancelSession(newer, tutor, cancelled);
  await rescheduleSession(newer, tutor, moved, {
    startsAtLocal: "2027-01-12T14:00",
    timeZone: VANCOUVER,
  });
  await segue.rows(`update sessions set scheduled_start_at = scheduled_start_at + interval '2 hours',
    scheduled_end_at = scheduled_end_at + interval '2 hours' where id = '${byHand}'`);
  expect(await listZoneChanges(newer, tutor)).toEqual([]);
  await lesson("2027-01-14T10:00");
  segue.clock.set("2027-01-15T00:00:00Z");
  expect(await listZoneChanges(newer, tutor)).toEqual([]);
  segue.clock.set("2026-11-20T09:00:00Z");
});

test("rows of an earlier version get their wall clocks by the rules of the upgrade, once", async () => {
  const [id = ""] = await lesson("2027-01-11T10:00");
  const waiting = await request("2027-01-12T10:00", VANCOUVER);
  const forget = (table: string) =>
    segue.rows(`update ${table} set starts_local = null, utc_offset = null
      ${table === "sessions" ? ", time_zone = null" : ""} where tutor_id = '${tutor.id}'`);
  await forget("sessions");
  await forget("bookings");
  expect(await listZoneChanges(newer, tutor)).toEqual([]);
  expect(await fillWallClocks(older)).toBeGreaterThanOrEqual(3);
  expect(await fillWallClocks(newer)).toBe(0);
  const wall = { starts_local: "2027-01-11T10:00", utc_offset: -480, time_zone: VANCOUVER };
  expect(await segue.sessions(tutor)).toMatchObject([{ id, ...wall }]);
  expect(await segue.rows(`select * from bookings where id = '${waiting}'`)).toMatchObject([
    { ...wall, starts_local: "2027-01-12T10:00" },
  ]);
  expect(await listZoneChanges(newer, tutor)).toHaveLength(1);
});

/** Asked for while the older rules hold. @returns the booking's id */
async function request(startsAtLocal: string, timeZone: string, repeatWeekly = 1): Promise<string> {
  const wish = { tutorId: tutor.id, subject: "Algebra", durationMinutes: 60, repeatWeekly };
  return (await requestBooking(older, student, { ...wish, startsAtLocal, timeZone })).id;
}

const lesson = async (
  startsAtLocal: string,
  timeZone = VANCOUVER,
  weeks = 1,
): Promise<string[]> => {
  const id = await request(startsAtLocal, timeZone, weeks);
  return (await acceptBooking(older, tutor, id)).sessionIds;
};
