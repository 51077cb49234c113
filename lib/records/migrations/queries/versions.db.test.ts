import { expect, test } from "vitest";
import { asService } from "#lib/platform/db.ts";
import { scene } from "#tests/harness/scene.ts";
import { versionsOf } from "./versions.ts";

const { segue, tutor, student } = scene();

test("a version differs after every change of a migration or its lessons, and after nothing else", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2);
  const { migrationId = "" } = (await segue.connect(tutor, "google_meet")) ?? {};
  const id = migrationId ?? "";
  const latest = () =>
    asService(segue.ctx.db, async (trx) => (await versionsOf(trx, [id, student.id])).get(id));
  const seen = await latest();
  expect(seen).toMatchObject({ id, status: "completed" });
  expect(await latest()).toEqual(seen);
  // This change commits late, with a timestamp before the one that was already read.
  await segue.rows(`update migration_sessions set updated_at = updated_at - interval '5 ms'
    where migration_id = '${id}' and position = 0 returning 1`);
  const later = await latest();
  expect(later?.version).not.toBe(seen?.version);
  expect(later?.changedAt).toEqual(seen?.changedAt);
});
