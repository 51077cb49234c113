/** Runs before the tests on PGlite: writes one migrated database to a file that every test file loads. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import type { TestProject } from "vitest/node";
import { overPGlite, pgliteOptions } from "#lib/platform/db.ts";
import { MIGRATIONS, migrate } from "#lib/platform/migrations/migrate.ts";
import { markFolder, sweepFolders } from "#tests/harness/tempFolders.ts";

const PREFIX = "segue-pglite-";

export async function setup(project: TestProject): Promise<() => void> {
  sweepFolders(PREFIX);
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  markFolder(folder);
  const pglite = await PGlite.create(pgliteOptions);
  const database = overPGlite(pglite);
  await migrate(database, MIGRATIONS);
  const dump = await pglite.dumpDataDir("none");
  await database.close();
  const file = join(folder, "migrated.tar");
  writeFileSync(file, Buffer.from(await dump.arrayBuffer()));
  project.provide("dump", file);
  return () => rmSync(folder, { recursive: true, force: true });
}
