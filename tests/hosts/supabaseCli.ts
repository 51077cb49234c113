/**
 * What Supabase's own command line says of our migrations, on a server like Supabase's: `db push` applies them, ours has
 * nothing left to do after it and the other way round, both come to the same catalog, and `db advisors` finds nothing.
 * `npm run check` runs this where the package is installed.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { readCatalog } from "#lib/platform/catalog/catalog.ts";
import { openServer } from "#lib/platform/db.ts";
import { MIGRATIONS, migrate } from "#lib/platform/migrations/migrate.ts";
import { startPostgres } from "#tests/harness/databases/postgresServer.ts";
import { supabaseLike } from "./supabaseLike.ts";

const advice = z.object({ results: z.array(z.object({ name: z.string(), detail: z.string() })) });

/** A database that nobody has used yet has used no index. */
const SAYS_NOTHING = "unused_index";

const folder = mkdtempSync(join(tmpdir(), "segue-supabase-"));
cpSync(MIGRATIONS, join(folder, MIGRATIONS), { recursive: true });
const server = await startPostgres({ roles: supabaseLike });
try {
  const problems = await disagreements();
  console.log(problems.join("\n"));
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function disagreements(): Promise<string[]> {
  const [pushed, migrated] = [await server.create("pushed"), await server.create("migrated")];
  supabase("db", "push", `--remote=${pushed}`);
  const [theirs, ours] = [openServer(pushed, 1), openServer(migrated, 1)];
  try {
    const left = await migrate(theirs, MIGRATIONS);
    await migrate(ours, MIGRATIONS);
    const again = supabase("db", "push", `--remote=${migrated}`);
    const isSame =
      JSON.stringify(await readCatalog(theirs.db)) === JSON.stringify(await readCatalog(ours.db));
    return [
      ...(left.length > 0 ? [`After db push ours still applied ${left.join(", ")}`] : []),
      ...(/up to date/.test(again) ? [] : [`After ours, db push said: ${again}`]),
      ...(isSame ? [] : ["db push and ours come to different catalogs"]),
      ...advised(pushed),
    ];
  } finally {
    await Promise.all([theirs.close(), ours.close()]);
  }
}

function advised(url: string): string[] {
  const said = supabase(
    "db",
    "advisors",
    `--remote=${url}`,
    "--level=info",
    "--output-format=json",
  );
  const { results } = advice.parse(JSON.parse(said));
  return results.flatMap(({ name, detail }) => (name === SAYS_NOTHING ? [] : `${name}: ${detail}`));
}

function supabase(...args: string[]): string {
  return execFileSync("node_modules/.bin/supabase", [...args, "--workdir", folder, "--yes"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    // It keeps what it remembers in the home folder.
    env: {
      NODE_ENV: "test",
      PATH: process.env.PATH,
      HOME: folder,
      SUPABASE_TELEMETRY_DISABLED: "1",
      DO_NOT_TRACK: "1",
    },
  });
}
