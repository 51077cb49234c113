import { expect, test } from "vitest";
import { asService } from "#lib/platform/db.ts";
import { scene } from "#tests/harness/scene.ts";
import { tutorsLike } from "./search.ts";

const { segue } = scene();

test("both databases leave out case and accents, however the letters were typed, and take no character for another", async () => {
  const zoe = await segue.person("tutor", { name: "Zoë “50%_\\” Müller-Ängström" });
  const typed = await segue.person("tutor", { name: "Zoe\u0308 Typed" });
  expect(await found("ZOE")).toEqual([typed.id, zoe.id].toSorted());
  expect(await found("zo\u00eb")).toEqual([typed.id, zoe.id].toSorted());
  for (const text of ["muller-ang", "MÜLLER", "50%_\\", "“50%"]) {
    expect(await found(text), text).toEqual([zoe.id]);
  }
  for (const text of ["5_%", "50%\\_", "50__", "Zo_", "m.ller", "[mü]ller"]) {
    expect(await found(text), text).toEqual([]);
  }
});

async function found(text: string): Promise<string[]> {
  const shown = { now: segue.clock(), most: 5 };
  const rows = await asService(segue.ctx.db, (trx) => tutorsLike(trx, text, shown));
  return rows.map(({ id }) => id).toSorted();
}
