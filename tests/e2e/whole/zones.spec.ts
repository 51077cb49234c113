/** A country changes its zone rules after lessons were agreed on. */
import { expect } from "@playwright/test";
import type { SessionView } from "#lib/services/sessions/views.ts";
import { test } from "#tests/harness/fixtures.ts";
import { bookLessons, inMinutes, sessionsOf, type TestPerson, tutorOnZoom } from "../people.ts";

test("after new zone rules the tutor decides at the top of the sessions page, per lesson and for all", async ({
  segue,
  browser,
}) => {
  const app = await segue();
  const { tutor, student } = await tutorOnZoom(browser, app, "Zones");
  const [first, second, third] = await bookLessons(
    tutor,
    student,
    [24, 27, 30].map((hours) => ({ subject: `In ${hours}`, startsAt: inMinutes(hours * 60) })),
  );
  if (!first || !second || !third) throw new Error("Three lessons were booked");
  // As if they had been agreed on by rules whose clocks were an hour behind today's.
  await app.command(
    "sql",
    `update sessions set utc_offset = utc_offset - 60, starts_local =
       to_char(starts_local::timestamp - interval '1 hour', 'YYYY-MM-DD"T"HH24:MI')
     where tutor_id = '${tutor.id}'`,
  );
  expect(await app.command("zone-changes")).toMatchObject({
    changes: [{}, {}, {}],
    unknownZones: [],
  });
  const { page } = tutor;
  await page.goto("/sessions");
  const alert = page.getByRole("alert").filter({ hasText: "3 lessons are at a different time" });
  await expect(alert).toBeVisible();

  const stays = hour(first);
  await alert.getByRole("button", { name: `Leave at ${stays}` }).click();
  await expect(page.getByRole("alert").filter({ hasText: "2 lessons are" })).toBeVisible();
  await page.getByRole("button", { name: "Move all back to the agreed times" }).click();
  await page.getByRole("button", { name: "Move 2 lessons back" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "on the clock than agreed" })).toHaveCount(
    0,
  );
  expect(await starts(tutor)).toEqual([
    first.scheduledStartAt,
    anHourBefore(second),
    anHourBefore(third),
  ]);
  expect(await app.command("zone-changes")).toEqual({ changes: [], unknownZones: [] });
});

/** "16:00", in the zone in which the lesson was asked for. */
const hour = ({ startsAtLocal }: SessionView) => startsAtLocal.slice(11, 16);

const anHourBefore = ({ scheduledStartAt }: SessionView) =>
  new Date(Date.parse(scheduledStartAt) - 3_600_000).toISOString();

const starts = async (tutor: TestPerson) =>
  (await sessionsOf(tutor)).map(({ scheduledStartAt }) => scheduledStartAt);
