import { expect, test } from "vitest";
import { addDays, addMinutes } from "#lib/platform/clock.ts";
import { MIGRATIONS, migrate } from "#lib/platform/migrations/migrate.ts";
import { scene } from "#tests/harness/scene.ts";

// The upgrade reads the database's own clock.
const { segue, tutor, student, links } = scene({ start: new Date() });

test("dates that an earlier version believed get an end, and what waits for them goes on", async () => {
  await segue.connect(tutor, "zoom");
  await segue.standIns.faults({ provider: "zoom", operation: "create", effect: "rate_limited" });
  await segue.book(tutor, student);
  await segue.work();
  await segue.standIns.faults();
  const far = addDays(new Date(), 30).toISOString();
  await segue.rows(`update meetings set next_attempt_at = '${far}'`);
  await segue.rows(
    `update provider_budgets set paced_until = '${far}' where paced_until is not null`,
  );
  await segue.rows(`update tutor_video_provider_connections set refresh_next_at = '${far}'`);
  await segue.database.exec(
    "delete from supabase_migrations.schema_migrations where version = '20261129150000'",
  );
  expect(await migrate(segue.database, MIGRATIONS)).toEqual(["pauses_have_an_end"]);

  const latest = addMinutes(new Date(), 6);
  const dates = await segue.rows(`select next_attempt_at as at from meetings
    union all select paced_until from provider_budgets where paced_until is not null
    union all select refresh_next_at from tutor_video_provider_connections`);
  expect(dates.length).toBeGreaterThan(1);
  for (const { at } of dates) expect(at).toBeInstanceOf(Date);
  expect(dates.filter(({ at }) => Number(at) > latest.getTime())).toEqual([]);
  segue.clock.set(latest);
  await segue.later({});
  expect(await links()).toEqual([expect.stringContaining("zoom")]);
});
