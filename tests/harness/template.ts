/** An embedded database with nothing in it but its tables: each app of a test gets a copy, which is there in no time. */
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbedded } from "#lib/platform/db.ts";
import { migrate } from "#lib/platform/migrate.ts";
import { markFolder, sweepFolders } from "./tempFolders.ts";

const PREFIX = "segue-template-";
/** Told to the processes that run the tests. */
const NAME = "SEGUE_TEST_TEMPLATE";

/** @returns what takes it away again */
export async function makeTemplate(): Promise<() => void> {
  sweepFolders(PREFIX);
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  markFolder(folder);
  const database = await openEmbedded(folder);
  await migrate(database, "supabase/migrations");
  await database.close();
  process.env[NAME] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

/** Puts a copy into `dataDir`; outside the test runner there is none, and the app makes its own. */
export function copyTemplate(dataDir: string): void {
  const folder = process.env[NAME];
  if (folder && existsSync(folder)) {
    cpSync(join(folder, "db"), join(dataDir, "db"), { recursive: true });
  }
}
