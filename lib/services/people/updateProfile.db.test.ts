import { expect, test } from "vitest";
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
