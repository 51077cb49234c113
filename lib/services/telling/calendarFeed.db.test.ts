import ICAL from "ical.js";
import { beforeEach, expect, test } from "vitest";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { personalLink } from "#tests/harness/links/personalLink.ts";
import { scene } from "#tests/harness/scene.ts";
import { UID_HOST } from "#tests/harness/segue.ts";
import { calendarFeed, makeCalendarFeed, revokeCalendarFeed } from "./calendarFeed.ts";
import { readCalendarFeed } from "./readCalendarFeed.ts";

// This is a week before clocks go back in Berlin.
const START = "2026-10-19T10:00:00.000Z";
const { segue, tutor, student } = scene({
  start: START,
  tutor: { timeZone: "Europe/Berlin" },
  student: { timeZone: "Europe/Berlin" },
});
beforeEach(async () => {
  segue.clock.set(new Date(START));
  await segue.connect(tutor, "zoom");
});

test("lessons at 16:00 in Berlin are right on both sides of the change of clocks", async () => {
  const [before = "", after = ""] = await weekly();
  const events = await eventsOf(await newToken(student));
  expect(events).toEqual([
    {
      uid: `${before}@${UID_HOST}`,
      start: "2026-10-20T14:00:00.000Z",
      end: "2026-10-20T15:00:00.000Z",
      status: "CONFIRMED",
      url: await personalLink(segue, student, before),
      sequence: expect.any(Number),
    },
    expect.objectContaining({
      uid: `${after}@${UID_HOST}`,
      start: "2026-10-27T15:00:00.000Z",
      end: "2026-10-27T16:00:00.000Z",
    }),
  ]);
});

test("an entry stays the same entry when its lesson is moved or cancelled, and comes later in its row", async () => {
  const [moved = "", cancelled = ""] = await weekly();
  await segue.work();
  const token = await newToken(student);
  const before = await eventsOf(token);
  segue.clock.advance({ minutes: 1 });
  await rescheduleSession(segue.ctx, tutor, moved, { startsAt: "2026-10-21T09:00:00Z" });
  await cancelSession(segue.ctx, tutor, cancelled);
  const after = await eventsOf(token);
  expect(after.map(({ uid, url }) => [uid, url])).toEqual(before.map(({ uid, url }) => [uid, url]));
  expect(after.map(({ status }) => status)).toEqual(["CONFIRMED", "CANCELLED"]);
  expect(after[0]?.start).toBe("2026-10-21T09:00:00.000Z");
});

test("it has a name to be shown by, which isn't its address", async () => {
  await weekly();
  const token = await newToken(student);
  const text = await readCalendarFeed(segue.ctx, token);
  const calendar = new ICAL.Component(ICAL.parse(text));
  expect(calendar.getFirstPropertyValue("x-wr-calname")).toBe("Segue lessons");
  expect(text).not.toContain(token);
});

test("no provider's link is in it, also after a switch", async () => {
  await weekly();
  await segue.work();
  const token = await newToken(student);
  await segue.connect(tutor, "google_meet");
  const text = await readCalendarFeed(segue.ctx, token);
  const rooms = (await segue.sessions(tutor)).map(({ join_url: url }) => url ?? "");
  expect(rooms).toHaveLength(2);
  for (const room of rooms) expect(text.replaceAll("\r\n ", "")).not.toContain(room);
});

test("a feed that hasn't changed is the same to the byte, whenever it is read", async () => {
  await weekly();
  const token = await newToken(student);
  const before = await readCalendarFeed(segue.ctx, token);
  segue.clock.advance({ hours: 1 });
  expect(await readCalendarFeed(segue.ctx, token)).toBe(before);
});

test("it goes back one month and holds everything ahead", async () => {
  const [id = ""] = await weekly();
  const token = await newToken(tutor);
  const uids = async () => (await eventsOf(token)).map(({ uid }) => uid.split("@")[0]);
  segue.clock.set(new Date("2026-11-20T13:59:00Z"));
  expect(await uids()).toContain(id);
  segue.clock.set(new Date("2026-11-20T14:01:00Z"));
  expect(await uids()).not.toContain(id);
  expect(await uids()).toHaveLength(1);
});

test("each person's address shows their own lessons alone", async () => {
  await weekly();
  expect(await eventsOf(await newToken(tutor))).toHaveLength(2);
  expect(await eventsOf(await newToken(await segue.person("student")))).toEqual([]);
});

test("a new address revokes the old one; a revoked or invented one finds nothing", async () => {
  const refused = { code: "not_found" };
  expect(await calendarFeed(segue.ctx, student)).toEqual({ feed: null });
  const first = await newToken(student);
  const second = await newToken(student);
  expect(second).not.toBe(first);
  await expect(readCalendarFeed(segue.ctx, first)).rejects.toMatchObject(refused);
  expect(await eventsOf(second)).toEqual([]);
  expect(await calendarFeed(segue.ctx, student)).toEqual({ feed: { createdAt: START } });

  await revokeCalendarFeed(segue.ctx, student);
  await expect(readCalendarFeed(segue.ctx, second)).rejects.toMatchObject(refused);
  await expect(readCalendarFeed(segue.ctx, "")).rejects.toMatchObject(refused);
  expect(await calendarFeed(segue.ctx, student)).toEqual({ feed: null });
});

test("the address can't be read back from the database", async () => {
  const token = await newToken(student);
  const stored = JSON.stringify(await segue.rows("select * from calendar_feeds"));
  expect(stored).not.toContain(token);
  expect(token).toHaveLength(43);
});

const tokenOf = ({ url }: { url: string }) => /\/calendar\/([\w-]+)\.ics$/.exec(url)?.[1] ?? "";
const newToken = async (person: Person) => tokenOf(await makeCalendarFeed(segue.ctx, person));

async function eventsOf(token: string) {
  const calendar = new ICAL.Component(ICAL.parse(await readCalendarFeed(segue.ctx, token)));
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      start: event.startDate.toJSDate().toISOString(),
      end: event.endDate.toJSDate().toISOString(),
      status: component.getFirstPropertyValue("status"),
      url: component.getFirstPropertyValue("url"),
      sequence: event.sequence,
    };
  });
}

const weekly = () =>
  segue.book(tutor, student, {
    startsAt: new Date("2026-10-20T14:00:00Z"),
    durationMinutes: 60,
    timeZone: "Europe/Berlin",
    repeatWeekly: 2,
  });
