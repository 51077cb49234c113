import { expect, test } from "vitest";
import { scene } from "#tests/harness/scene.ts";
import { nameZones } from "./nameZones.ts";

const { segue, tutor, student } = scene();

test("what earlier versions took for a zone gets the IANA name that means the same", async () => {
  const names = {
    "europe/berlin": "Europe/Berlin",
    "asia/calcutta": "Asia/Calcutta",
    "+05:00": "Etc/GMT-5",
    "-0300": "Etc/GMT+3",
    "+00:00": "UTC",
    // No name means these.
    "+05:30": "+05:30",
    "Mars/Olympus": "Mars/Olympus",
    "America/Vancouver": "America/Vancouver",
  };
  for (const [kept, name] of Object.entries(names)) {
    await segue.rows(`update people set time_zone = '${kept}' where id = '${tutor.id}'`);
    await nameZones(segue.ctx);
    const rows = await segue.rows(`select time_zone from people where id = '${tutor.id}'`);
    expect(rows, kept).toEqual([{ time_zone: name }]);
  }
});

test("a provider is never told a zone that is none, so that such a tutor's lessons get their rooms", async () => {
  await segue.rows(`update people set time_zone = '+05:30' where id = '${tutor.id}'`);
  await segue.connect(tutor, "google_meet");
  await segue.lessons(tutor, student, 1);
  // Google's stand-in refuses a zone that isn't IANA's, as Google does.
  expect(await segue.sessions(tutor)).toMatchObject([{ provider: "google_meet" }]);
});
