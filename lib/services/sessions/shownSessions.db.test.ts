import { beforeEach, expect, test } from "vitest";
import type { SessionStatus } from "#lib/records/sessions/rules.ts";
import { scene } from "#tests/harness/scene.ts";
import { type Asked, shownSessions } from "./shownSessions.ts";

const { segue, tutor, student } = scene();
beforeEach(async () => {
  await segue.connect(tutor, "zoom");
  await segue.book(tutor, student, { startsAt: new Date(segue.clock().getTime() + 3_600_000) });
});

const nothing = { view: "upcoming", from: null, until: null, week: null } as const;

test("however many lessons ahead are cancelled, the open one behind them is the next lesson", async () => {
  await cancelBooked();
  await add("CANCELLED", [1, 249]);
  await add("SCHEDULED", [300, 300]);
  const shown = await show();
  expect(openOf(shown).map(({ scheduledStartAt }) => scheduledStartAt.slice(0, 10))).toEqual([
    day(300),
  ]);
  expect(shown.later).toBeNull();
  expect(shown.isAll).toBe(false);
});

test("from day to day, the list of what is over shows every lesson that isn't ahead once", async () => {
  await add("CANCELLED", [1, 230]);
  // More on one day than a page holds: the list would lead from this day to this day.
  await add("CANCELLED", [-20, -20], 120);
  await add("COMPLETED", [-60, -1]);
  const seen: string[] = [];
  let until: string | null = null;
  for (let turn = 0; turn < 10; turn++) {
    const shown = await show({ view: "past", until });
    const listed = shown.sessions.filter(
      ({ status, scheduledStartAt: start }) =>
        status !== "SCHEDULED" && (until === null || start.slice(0, 10) <= until),
    );
    seen.push(...listed.map(({ id }) => id));
    expect(openOf(shown)).toHaveLength(1);
    if (shown.earlier === null) break;
    until = shown.earlier;
  }
  expect(new Set(seen).size).toBe(230 + 120 + 60);
  expect(seen).toHaveLength(230 + 120 + 60);
});

test("from day to day, the list of what is ahead shows every open lesson once", async () => {
  await add("SCHEDULED", [2, 450]);
  await add("CANCELLED", [3, 400]);
  const seen: string[] = [];
  for (let from: string | null = null, turn = 0; turn < 10; turn++) {
    const shown = await show({ from });
    const listed = openOf(shown).filter(
      ({ scheduledStartAt: start }) => from === null || start.slice(0, 10) >= from,
    );
    seen.push(...listed.map(({ id }) => id));
    if (shown.later === null) break;
    from = shown.later;
  }
  expect(new Set(seen).size).toBe(450);
  expect(seen).toHaveLength(450);
});

test("a lesson that goes on past midnight by UTC is over on the day of its start", async () => {
  await cancelBooked();
  await segue.rows(`update sessions set scheduled_start_at = '2020-05-01T23:30:00Z',
    scheduled_end_at = '2020-05-02T00:30:00Z' where tutor_id = '${tutor.id}'`);
  await add("COMPLETED", [2000, 2110]);
  const shown = await show({ view: "past", until: "2020-05-01" });
  expect(shown.sessions.map(({ scheduledStartAt }) => scheduledStartAt)).toContain(
    "2020-05-01T23:30:00.000Z",
  );
});

test("the present week is whole, however many lessons were cancelled far ahead of it", async () => {
  await add("COMPLETED", [-7, -1], 20);
  await add("CANCELLED", [20, 160]);
  const days = async (week: string | null) =>
    (await show({ view: "week", week })).sessions
      .map(({ scheduledStartAt }) => scheduledStartAt.slice(0, 10))
      .filter((start) => start < day(8));
  expect(await days(null)).toEqual(await days(day(0)));
  expect(await days(null)).toHaveLength(141);
});

const openOf = ({ sessions }: Awaited<ReturnType<typeof shownSessions>>) =>
  sessions.filter(({ status }) => status === "SCHEDULED");

const show = (asked: Partial<Asked> = {}) =>
  shownSessions(segue.ctx, tutor, { ...nothing, ...asked });

/** The UTC day on which the lessons of this many days after the first one are. */
const day = (days: number) =>
  new Date(segue.clock().getTime() + 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

/** As many lessons on each of these days, a minute apart. @param days after the booked lesson's own */
const add = (status: SessionStatus, [from, to]: [number, number], each = 1) =>
  segue.rows(`
    insert into sessions (booking_id, tutor_id, student_id, title, scheduled_start_at,
      scheduled_end_at, status)
    select booking_id, tutor_id, student_id, title,
      scheduled_start_at + day * interval '1 day' + nth * interval '1 minute',
      scheduled_end_at + day * interval '1 day' + nth * interval '1 minute', '${status}'
    from (select * from sessions where tutor_id = '${tutor.id}'
        order by created_at, scheduled_start_at limit 1) as booked,
      generate_series(${from}, ${to}) as day, generate_series(1, ${each}) as nth`);

const cancelBooked = () =>
  segue.rows(`update sessions set status = 'CANCELLED' where tutor_id = '${tutor.id}'`);
