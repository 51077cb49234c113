/** `segue migrate`: applies the migrations that are due. */
import { openEmbedded, openServer } from "#lib/platform/db.ts";
import { prepareDatabase } from "#lib/platform/roles.ts";
import { configure, readEnvironment } from "./environment.ts";

export async function migrateDatabase(): Promise<number> {
  const { config } = configure(readEnvironment());
  const database = config.databaseUrl
    ? openServer(config.databaseUrl, 1)
    : await openEmbedded(config.dataDir);
  try {
    const applied = await prepareDatabase(database, "supabase/migrations");
    console.log(applied.length > 0 ? `Applied: ${applied.join(", ")}` : "Nothing to do.");
    return 0;
  } finally {
    await database.close();
  }
}
