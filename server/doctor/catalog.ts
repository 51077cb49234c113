/** Compares the database's catalog with what this version's migrations make. */
import { readFileSync } from "node:fs";
import { type Catalog, readCatalog } from "#lib/platform/catalog/catalog.ts";
import { differences } from "#lib/platform/catalog/differences.ts";
import type { Db } from "#lib/platform/db.ts";

/** Written by `npm run schema`. */
const FILE = "supabase/catalog.json";
/** After a restore that left out a whole kind of things, more would hide what else is said. */
const NAMED = 10;

export async function examineCatalog(db: Db) {
  const expected: Catalog = JSON.parse(readFileSync(/* turbopackIgnore: true */ FILE, "utf8"));
  const report = differences(expected, await readCatalog(db));
  const { length: count } = report;
  const further = count - NAMED;
  return {
    report,
    lines: [`Differences from this version's tables, rights and policies: ${count || "none"}`],
    problems: [
      ...report.slice(0, NAMED),
      ...(further > 0 ? [`And ${further} more differences; --json lists them all.`] : []),
      ...(count > 0 ? [WHAT_TO_DO] : []),
    ],
  };
}

const WHAT_TO_DO =
  "Tables, rights or policies aren't as this version makes them; after a restore, restore again as the guide says under Backup and restore.";
