import { beforeEach, expect, test } from "vitest";
import type { Page, Paged } from "#lib/platform/paging.ts";
import { listBookings } from "#lib/services/bookings/listBookings.ts";
import { listTutors } from "#lib/services/people/listTutors.ts";
import { listMigrations } from "#lib/services/switching/migrationHistory.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { cursorOf, pageBy, toPage, wholeList } from "#lib/services/verb/page.ts";
import { scene } from "#tests/harness/scene.ts";
import { listSessions } from "./listSessions.ts";
import { shownSessions } from "./shownSessions.ts";

const { segue, tutor, student } = scene();
beforeEach(async () => {
  await segue.connect(tutor, "zoom");
});

const nothing = { view: "upcoming", from: null, until: null, week: null } as const;

test("page by page a program reads every lesson once, also those that begin at the same instant", async () => {
  await lessonADay(3, 4);
  await segue.rows(`
    update sessions set scheduled_start_at = date_trunc('day', scheduled_start_at)
      + (case when id::text < '8' then interval '0' else interval '400 microseconds' end)
    where tutor_id = '${tutor.id}' and status = 'COMPLETED'`);
  const whole = (await listSessions(segue.ctx, tutor)).items.map(({ id }) => id);
  expect(whole).toHaveLength(7);
  for (const limit of [1, 2, 3]) {
    const read: string[] = [];
    for (let after = null as Awaited<ReturnType<typeof listSessions>>["next"], turn = 0; ; turn++) {
      const { items, next } = await listSessions(segue.ctx, tutor, { limit, after });
      read.push(...items.map(({ id }) => id));
      expect(items.length).toBeLessThanOrEqual(limit);
      expect(turn).toBeLessThan(10);
      if (!next) break;
      after = next;
    }
    expect(read).toEqual(whole);
  }
});

test("bookings that were written within one millisecond are all read", async () => {
  for (let days = 1; days <= 5; days++) {
    await segue.book(tutor, student, {
      startsAt: new Date(segue.clock().getTime() + days * 86_400_000),
    });
  }
  await segue.rows(`update bookings set created_at = '2026-01-05T10:00:00.0004Z'::timestamptz
    + (case when id::text < '8' then interval '300 microseconds' else interval '0' end)
    where tutor_id = '${tutor.id}'`);
  const whole = (await listBookings(segue.ctx, tutor)).items.map(({ id }) => id);
  const read = await wholeList((page) => listBookings(segue.ctx, tutor, page), {
    limit: 2,
    after: null,
  });
  expect(read.map(({ id }) => id)).toEqual(whole);
  const first = await listBookings(segue.ctx, tutor, { limit: 2, after: null });
  const second = await listBookings(segue.ctx, tutor, { limit: 3, after: first.next });
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(whole);
  expect(second.next).toBeNull();
});

test("a page shows the lessons around now, and says where it goes on", async () => {
  await lessonADay(130, 260);
  const first = await shownSessions(segue.ctx, tutor, nothing);
  expect(first.sessions).toHaveLength(300);
  expect(first.isAll).toBe(false);
  const day = (days: number) =>
    new Date(segue.clock().getTime() + 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
  expect([first.earlier, first.later]).toEqual([day(-101), day(200)]);

  const later = await shownSessions(segue.ctx, tutor, { ...nothing, from: first.later });
  expect(later.sessions).toHaveLength(360);
  expect(later.later).toBeNull();
  const earlier = await shownSessions(segue.ctx, tutor, { ...nothing, until: first.earlier });
  expect(earlier.sessions).toHaveLength(330);
  expect(earlier.earlier).toBeNull();
  const asked = { ...nothing, week: day(240) };
  // The week stays in the address when somebody goes back to the list, which holds no gap for it.
  expect((await shownSessions(segue.ctx, tutor, asked)).sessions).toHaveLength(300);
  const week = await shownSessions(segue.ctx, tutor, { ...asked, view: "week" });
  const days = week.sessions.map(({ scheduledStartAt }) => scheduledStartAt.slice(0, 10));
  for (let offset = 234; offset <= 246; offset++) expect(days).toContain(day(offset));
  expect(week.sessions.length).toBeLessThan(320);
});

test("whoever has few lessons has all of them on one page", async () => {
  await lessonADay(2, 3);
  const shown = await shownSessions(segue.ctx, student, nothing);
  expect(shown).toMatchObject({ isAll: true, later: null, earlier: null });
  expect(shown.sessions).toHaveLength(5);
});

test("a place of anybody's making that passes for one is one for the database as well", async () => {
  const { id } = await segue.person("tutor");
  const forged: [keyof typeof pageBy, string, Lists][] = [
    ["instant", "1970-01-01T00:00:00.000Z", listSessions],
    ["instant", "2999-12-31T23:59:59.999Z", listBookings],
    ["number", "999999999", listMigrations],
    ["number", "\u0661", listMigrations],
    ["number", "1\n", listMigrations],
    ["number", "9999999999", listMigrations],
    ["name", "\ud800", listTutors],
    ["name", "\u0000", listTutors],
    ["name", "x".repeat(500), listTutors],
  ];
  for (const [by, at, list] of forged) {
    for (const of of [id, "00000000-0000-0000-0000-000000000000", `${id}\n`, id.toUpperCase()]) {
      const parsed = pageBy[by].safeParse({ cursor: cursorOf({ by: at, id: of }) }).data;
      if (parsed) expect((await list(segue.ctx, tutor, toPage(parsed))).items).toBeDefined();
    }
  }
});

type Lists = (ctx: Context, person: Person, page: Page) => Promise<Paged<unknown>>;

/** One lesson a day, `before` days before now and `after` days after it. */
async function lessonADay(before: number, after: number): Promise<void> {
  await segue.book(tutor, student, { startsAt: new Date(segue.clock().getTime() + 3_600_000) });
  await segue.rows(`
    insert into sessions (booking_id, tutor_id, student_id, title, scheduled_start_at,
      scheduled_end_at, status)
    select booking_id, tutor_id, student_id, title, scheduled_start_at + day * interval '1 day',
      scheduled_end_at + day * interval '1 day',
      case when day < 0 then 'COMPLETED' else 'SCHEDULED' end
    from sessions, generate_series(-${before}, ${after - 1}) as day
    where tutor_id = '${tutor.id}' and day <> 0`);
}
