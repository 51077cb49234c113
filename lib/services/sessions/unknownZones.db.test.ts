/**
 * A zone that this server doesn't know: a newer one, or one with newer zone data, wrote it. Nobody can reckon with it,
 * so what was agreed on is kept as it stands.
 */
import { beforeEach, expect, test } from "vitest";
import type { ZoneRules } from "#lib/platform/zones/zoneRules.ts";
import { acceptBooking } from "#lib/services/bookings/acceptBooking.ts";
import { fillWallClocks } from "#lib/services/bookings/fillWallClocks.ts";
import { getBooking } from "#lib/services/bookings/listBookings.ts";
import { requestBooking } from "#lib/services/bookings/requestBooking.ts";
import { sendMails } from "#lib/services/telling/sendMails.ts";
import type { Refusal } from "#lib/services/verb/errors.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { refusal, scene } from "#tests/harness/scene.ts";
import { newerRules, VANCOUVER } from "#tests/harness/time/vancouver.ts";
import { decideZoneChanges } from "./decideZoneChanges.ts";
import { getSession } from "./listSessions.ts";
import { rescheduleSession } from "./rescheduleSession.ts";
import { allZoneChanges, listZoneChanges } from "./zoneChanges.ts";

const NEWPLACE = "America/Newplace";
const knowing: ZoneRules = (name) => {
  const rules = newerRules(name === NEWPLACE ? VANCOUVER : name);
  return rules && { ...rules, name };
};

const { segue, tutor, student, session } = scene({ start: "2026-11-20T09:00:00Z" });
const mailbox = ownMailbox();
beforeEach(async () => {
  await segue.connect(tutor, "zoom");
});

const ASKED = { startsAt: "2027-01-11T17:00:00.000Z", startsAtLocal: "2027-01-11T10:00" };

test("a request in an unknown zone is accepted for the instant that was asked for, and its clocks are as they were", async () => {
  const id = await asked();
  const shown = { ...ASKED, utcOffset: "-07:00", timeZone: NEWPLACE };
  expect(await getBooking(segue.ctx, student, id)).toMatchObject(shown);
  const { sessionIds } = await acceptBooking(segue.ctx, tutor, id);
  expect(await session()).toMatchObject({
    scheduled_start_at: new Date(ASKED.startsAt),
    starts_local: ASKED.startsAtLocal,
    utc_offset: -420,
    time_zone: NEWPLACE,
  });
  const { startsAt: scheduledStartAt, ...clocks } = shown;
  const lesson = await getSession(segue.ctx, tutor, sessionIds[0] ?? "");
  expect(lesson).toMatchObject({ ...clocks, scheduledStartAt });
});

test("weeks in an unknown zone can't be told, so nobody can agree on them before the server knows it", async () => {
  const id = await asked(30);
  const refused = await refusal(acceptBooking(segue.ctx, tutor, id));
  expect(refused).toMatchObject({
    code: "unavailable",
    message: expect.stringContaining(NEWPLACE),
  });
  expect(await segue.sessions(tutor)).toEqual([]);
  await acceptBooking({ ...segue.ctx, zoneRules: knowing }, tutor, id);
  expect(await segue.sessions(tutor)).toHaveLength(30);
});

test("lessons in an unknown zone are no zone changes, nothing moves them, and whoever runs it reads of the zone", async () => {
  const { sessionIds } = await acceptBooking(segue.ctx, tutor, await asked());
  expect(await listZoneChanges(segue.ctx, tutor)).toEqual([]);
  const all = await allZoneChanges(segue.ctx);
  expect(all.unknownZones).toEqual([NEWPLACE]);
  expect(all.changes.filter(({ sessionId }) => sessionIds.includes(sessionId))).toEqual([]);
  for (const keep of ["agreed", "instant"]) {
    expect(await decideZoneChanges(segue.ctx, tutor, { keep })).toEqual({ decided: 0, left: [] });
  }
  expect(await session()).toMatchObject({ utc_offset: -420, time_zone: NEWPLACE });
  const known = await allZoneChanges({ ...segue.ctx, zoneRules: knowing });
  expect(known.unknownZones).toEqual([]);
});

test("nobody can ask for a time in an unknown zone", async () => {
  for (const start of [{ startsAtLocal: ASKED.startsAtLocal }, { startsAt: ASKED.startsAt }]) {
    const refused = await ask(start, NEWPLACE).catch((error: Refusal) => error);
    expect(refused).toMatchObject({ code: "invalid_input", field: "timeZone" });
  }
});

test("a lesson that is moved to an instant has no clocks until a server that knows its zone writes them", async () => {
  const { sessionIds } = await acceptBooking(segue.ctx, tutor, await asked());
  const startsAt = "2027-07-12T15:00:00.000Z";
  await rescheduleSession(segue.ctx, tutor, sessionIds[0] ?? "", { startsAt });
  expect(await getSession(segue.ctx, tutor, sessionIds[0] ?? "")).toMatchObject({
    scheduledStartAt: startsAt,
    startsAtLocal: "2027-07-12T15:00",
    utcOffset: "+00:00",
    timeZone: "UTC",
  });
  await fillWallClocks(segue.ctx);
  expect(await session()).toMatchObject({ starts_local: null, time_zone: null });
  await fillWallClocks({ ...segue.ctx, zoneRules: knowing });
  expect(await session()).toMatchObject({ starts_local: "2027-07-12T08:00", time_zone: NEWPLACE });
});

test("who is at home in an unknown zone reads times in UTC, named as such", async () => {
  await segue.rows(
    `update people set time_zone = '${NEWPLACE}' where id = '${student.id}' returning 1`,
  );
  mailbox.empty();
  await acceptBooking(segue.ctx, tutor, await asked());
  await sendMails(segue.ctx, mailbox.mailer);
  const [mail] = mailbox.mails(student.email);
  expect(mail?.text).toContain("11 January 2027 at 17:00 (UTC)");
});

const ask = async (start: object, timeZone: string, repeatWeekly = 1) =>
  requestBooking({ ...segue.ctx, zoneRules: knowing }, student, {
    tutorId: tutor.id,
    subject: "Maths",
    durationMinutes: 45,
    ...start,
    timeZone,
    repeatWeekly,
  });

/** For 10:00 there, at a server that knows the zone. */
const asked = async (weeks?: number) => {
  const { id } = await ask({ startsAtLocal: ASKED.startsAtLocal }, VANCOUVER, weeks);
  await segue.rows(`update bookings set time_zone = '${NEWPLACE}' where id = '${id}' returning 1`);
  return id;
};
