/** An embedded database with tables and no rows. Each test's app gets a copy of it in next to no time. */
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbedded } from "#lib/platform/db.ts";
import { MIGRATIONS, migrate } from "#lib/platform/migrations/migrate.ts";
import { markFolder, sweepFolders } from "../tempFolders.ts";

const PREFIX = "segue-template-";
/** The environment variable that gives the folder to the processes that run the tests. */
const NAME = "SEGUE_TEST_TEMPLATE";

/** @returns a function that removes it again */
export async function makeTemplate(): Promise<() => void> {
  sweepFolders(PREFIX);
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  markFolder(folder);
  const database = await openEmbedded(folder);
  await migrate(database, MIGRATIONS);
  await database.close();
  process.env[NAME] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

/** Puts a copy into `dataDir`. Outside the test runner there is none, and the app makes its own database. */
export function copyTemplate(dataDir: string): void {
  const folder = process.env[NAME];
  if (folder && existsSync(folder)) {
    cpSync(join(folder, "db"), join(dataDir, "db"), { recursive: true });
  }
}
