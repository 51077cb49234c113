/** `segue migrate`: applies the migrations that are due. */
import { openDatabase } from "#lib/platform/openDatabase.ts";
import { prepareDatabase } from "#lib/platform/roles/roles.ts";
import { configure, readEnvironment } from "./environment.ts";

export async function migrateDatabase(): Promise<number> {
  const { config } = configure(readEnvironment());
  const database = await openDatabase(config, 1);
  try {
    const applied = await prepareDatabase(database, "supabase/migrations");
    console.log(applied.length > 0 ? `Applied: ${applied.join(", ")}` : "Nothing to do.");
    return 0;
  } finally {
    await database.close();
  }
}
