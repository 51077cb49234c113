/** Takes everything out of a database that a Segue elsewhere needs to go on with it. Changes nothing. */
import { sql } from "kysely";
import type { Config } from "#lib/platform/config.ts";
import { type OpenDatabase, type Trx, transaction } from "#lib/platform/db.ts";
import { MIGRATIONS, missingMigrations } from "#lib/platform/migrations/migrate.ts";
import { opensAll, sealedSamples } from "#lib/services/calls/sealedSamples.ts";
import { writeHouse } from "./file.ts";
import { columnsIn, keysIn, type Manifest, newestMigration } from "./manifest.ts";
import { CannotMove, inWords } from "./refusal.ts";
import { type Table, tablesOf, writeExactly } from "./tables.ts";

/** How many are in memory at a time. */
const ROWS = 500;

export interface Exporting {
  file: string;
  passphrase: string;
  withKeys: boolean;
}

/**
 * Reads one moment, however long it takes and whatever is written meanwhile.
 * @returns how many rows the file holds
 * @throws CannotMove
 */
export async function exportHouse(
  database: OpenDatabase,
  config: Config,
  { file, passphrase, withKeys }: Exporting,
): Promise<number> {
  const missing = await missingMigrations(database, MIGRATIONS);
  if (missing.length > 0) {
    throw new CannotMove(
      `This database lacks ${missing.join(", ")}. Start this version of Segue on it once, then export.`,
    );
  }
  const work = transaction(database.db, async (trx) => {
    await sql`set transaction isolation level repeatable read, read only`.execute(trx);
    // For a role that doesn't see everything, a query fails instead of leaving rows out.
    await sql`select set_config('row_security', 'off', true)`.execute(trx);
    await writeExactly(trx);
    const migration = await newestAppliedMigration(trx);
    const tables = await tablesOf(trx);
    const manifest: Manifest = {
      tables: columnsIn(tables),
      samples: await sealedSamples(trx),
      keys: withKeys ? keysIn(config) : null,
    };
    if (withKeys && !opensAll(config.tokenKeys, manifest.samples)) {
      throw new CannotMove(
        "TOKEN_ENCRYPTION_KEYS doesn't open all tokens in this database. Add the key that is missing, or export without --with-keys.",
      );
    }
    let rows = 0;
    await writeHouse(file, { passphrase, migration }, async function* () {
      yield JSON.stringify(manifest);
      for (const [index, table] of tables.entries()) {
        for await (const block of blocksOf(trx, table)) {
          rows += block.length;
          yield `${index} [${block.join(",")}]`;
        }
      }
      // Whoever reads the file compares.
      yield `${rows}`;
    });
    return rows;
  });
  return work.catch((error: unknown) => {
    throw inWords(error, "exported");
  });
}

async function newestAppliedMigration(trx: Trx): Promise<string> {
  const { rows } = await sql<{ version: string }>`
    select max(version) as version from supabase_migrations.schema_migrations`.execute(trx);
  const version = rows[0]?.version ?? "";
  if (version <= newestMigration()) return version;
  throw new CannotMove(
    `This database belongs to a newer Segue (migration ${version}). Export it with that version.`,
  );
}

/** Each row as a JSON list of texts: what the database writes is what it reads again, to the last digit. */
async function* blocksOf(trx: Trx, { name, columns }: Table): AsyncGenerator<string[]> {
  const texts = columns.map((column) => `${column.name}::text`).join(", ");
  await sql
    .raw(
      `declare house no scroll cursor for select array_to_json(array[${texts}]::text[])::text as row from ${name}`,
    )
    .execute(trx);
  for (;;) {
    const { rows } = await sql.raw<{ row: string }>(`fetch ${ROWS} from house`).execute(trx);
    if (rows.length === 0) break;
    yield rows.map(({ row }) => row);
  }
  await sql.raw("close house").execute(trx);
}
