import { expect, test } from "vitest";
import { asBefore } from "#tests/harness/databases/asBefore.ts";
import { scene } from "#tests/harness/scene.ts";
import { fillWallClocks } from "./fillWallClocks.ts";

const { segue, tutor, student } = scene();

test("a lesson in a year that no clock of ours knows holds up neither the others nor a start", async () => {
  await segue.connect(tutor, "zoom");
  const [odd, other] = await segue.lessons(tutor, student, 2);
  await segue.rows(
    "update sessions set starts_local = null, utc_offset = null, time_zone = null returning id",
  );
  await asBefore(
    segue,
    `update sessions set scheduled_start_at = '100000-01-01', scheduled_end_at = '100000-01-01 01:00'
       where id = '${odd}' returning id`,
  );
  expect(await fillWallClocks(segue.ctx)).toBe(1);
  const read = await segue.rows("select id from sessions where starts_local is not null");
  expect(read).toEqual([{ id: other }]);
});
