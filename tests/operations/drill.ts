/**
 * `npm run drill`: saves a database with the machine's own pg_dump and restores it into another one, whole and without its
 * policies, and prints what doctor's comparison says of each. `--bin` names the folder of PostgreSQL's programs.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { openServer } from "#lib/platform/db.ts";
import { MIGRATIONS, migrate } from "#lib/platform/migrations/migrate.ts";
import { everyRow } from "#tests/harness/databases/everyRow.ts";
import { startPostgres } from "#tests/harness/databases/postgresServer.ts";
import { differencesOf, somePeople } from "./restored.ts";

const { values } = parseArgs({
  options: { bin: { type: "string", default: "/usr/lib/postgresql/15/bin" } },
});
const run = (program: string, ...args: string[]) =>
  execFileSync(join(values.bin, program), args, { encoding: "utf8" });

const folder = mkdtempSync(join(tmpdir(), "segue-drill-"));
const server = await startPostgres({ bin: values.bin });
try {
  const saved = openServer(await server.create("saved"), 2);
  await migrate(saved, MIGRATIONS);
  await saved.exec(somePeople);
  const before = await everyRow(saved.db);
  await saved.close();
  const backup = join(folder, "segue.dump");
  run("pg_dump", "--format=custom", "--no-owner", `--file=${backup}`, server.url("saved"));
  const list = run("pg_restore", "--list", backup);
  const parts = {
    whole: list,
    without_policies: list.replace(/^.* POLICY .*\n/gm, ""),
    without_rights: list.replace(/^.* ACL .*\n/gm, ""),
  };
  for (const [name, part] of Object.entries(parts)) {
    const url = await server.create(name);
    writeFileSync(join(folder, name), part);
    run("pg_restore", "--no-owner", `--use-list=${join(folder, name)}`, `--dbname=${url}`, backup);
    const restored = openServer(url, 2);
    const said = await differencesOf(restored.db);
    const isSame = isDeepStrictEqual(await everyRow(restored.db), before);
    await restored.close();
    console.log(`${name}: rows ${isSame ? "as before" : "DIFFERENT"}, ${said.length} differences`);
    if (said[0]) console.log(`  the first: ${said[0]}`);
    if (!isSame || (said.length === 0) !== (name === "whole")) process.exitCode = 1;
  }
} finally {
  await server.stop();
  rmSync(folder, { recursive: true });
}
