/**
 * `npm run schema`: writes the result of all migrations to files that a reviewer can read. It uses a fresh
 * database in memory; `schemaFiles` gives the same text to `npm run check`.
 */
import { writeFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { pgDump } from "@electric-sql/pglite-tools/pg_dump";
import { generate, IdentifierNode, PostgresDialect } from "kysely-codegen";
import { readCatalog } from "#lib/platform/catalog/catalog.ts";
import { overPGlite, pgliteOptions } from "#lib/platform/db.ts";
import { MIGRATIONS, migrate } from "#lib/platform/migrations/migrate.ts";
import { closedSets } from "./closedSets.ts";

/** @returns file names and their expected contents, the same bytes on every run */
export async function schemaFiles(): Promise<Record<string, string>> {
  const pglite = await PGlite.create(pgliteOptions);
  const database = overPGlite(pglite);
  try {
    await migrate(database, MIGRATIONS);
    return {
      "lib/platform/database.types.ts": await types(database.db),
      "supabase/schema.sql": await dump(pglite),
      "supabase/catalog.json": `${JSON.stringify(await readCatalog(database.db), null, 2)}\n`,
    };
  } finally {
    await database.close();
  }
}

async function types(db: ReturnType<typeof overPGlite>["db"]): Promise<string> {
  const dialect = new PostgresDialect({ defaultSchemas: ["public"] });
  // Matches the parsers in lib/platform/db.ts.
  dialect.adapter.scalars.int8 = new IdentifierNode("number");
  return generate({
    db,
    dialect,
    includePattern: "{public,identity,private}.*",
    outFile: null,
    overrides: { columns: await closedSets(db) },
  });
}

async function dump(pglite: PGlite): Promise<string> {
  const schemas = ["public", "identity", "private"].map((name) => `--schema=${name}`);
  const args = ["--schema-only", "--no-owner", ...schemas];
  const file = await pgDump({ pg: pglite, args });
  const lines = (await file.text()).split("\n");
  // The versions of the tools say nothing about the schema.
  return `${lines
    .filter((line) => !line.startsWith("-- Dumped "))
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()}\n`;
}

if (import.meta.main) {
  for (const [name, text] of Object.entries(await schemaFiles())) {
    writeFileSync(name, text);
    console.log(`${name} written`);
  }
}
