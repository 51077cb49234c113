import { expect, test } from "vitest";
import { asService } from "#lib/platform/db.ts";
import { longTime } from "#lib/services/telling/letter/letter.ts";
import { accountOf } from "#lib/services/telling/recipients.ts";
import { scene } from "#tests/harness/scene.ts";
import { updateProfile } from "./updateProfile.ts";

const { segue, student } = scene({ student: { timeZone: "europe/berlin" } });

test("somebody whose zone is stored as an earlier version took it can change their name, and the zone to a named one", async () => {
  await updateProfile(segue.ctx, student, { name: "Mia", timeZone: "europe/berlin" });
  const shown = () => segue.rows(`select name, time_zone from people where id = '${student.id}'`);
  expect(await shown()).toEqual([{ name: "Mia", time_zone: "europe/berlin" }]);
  for (const timeZone of ["+02:00", "PST", "europe/paris", "Mars/Olympus"]) {
    await expect(updateProfile(segue.ctx, student, { timeZone })).rejects.toMatchObject({
      code: "invalid_input",
      field: "timeZone",
    });
  }
  await updateProfile(segue.ctx, student, { timeZone: "Europe/Paris" });
  expect(await shown()).toEqual([{ name: "Mia", time_zone: "Europe/Paris" }]);
});

test("whoever reads a clock of twelve hours is written to by it, and there is no other clock", async () => {
  await updateProfile(segue.ctx, student, { clockHours: 12 });
  const [to] = await asService(segue.ctx.db, async (trx) => [
    await accountOf(segue.ctx, trx, student.id),
  ]);
  const written = to && longTime(new Date("2026-12-04T15:30:00Z"), to);
  expect(written?.replaceAll("\u00a0", " ")).toContain("at 4:30 pm (");
  for (const clockHours of [0, 13, "12", null]) {
    await expect(updateProfile(segue.ctx, student, { clockHours })).rejects.toMatchObject({
      code: "invalid_input",
      field: "clockHours",
    });
  }
});
