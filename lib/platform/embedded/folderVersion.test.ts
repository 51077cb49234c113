import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openEmbedded } from "#lib/platform/db.ts";
import { lockDataFolder } from "../dataFolder.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "segue-folder-version-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a folder of another PostgreSQL is refused in one line before it is touched, and one of this is opened", async () => {
  await (await openEmbedded(folder)).close();
  await (await openEmbedded(folder)).close();
  const file = join(folder, "db/PG_VERSION");
  const own = readFileSync(file, "utf8");
  writeFileSync(file, "17\n");
  await expect(openEmbedded(folder)).rejects.toThrow(
    /^DATA_DIR: the database in [^\n]+ is PostgreSQL 17's, and this Segue embeds PostgreSQL \d+\. [^\n]+ Moving house\.$/,
  );
  // It gave the folder back.
  lockDataFolder(folder)();
  writeFileSync(file, own);
  await (await openEmbedded(folder)).close();
});
