/** Opens the database that the configuration names, and proves that it answers. */
import { sql } from "kysely";
import type { Config } from "./config.ts";
import { ConfigError } from "./configError.ts";
import { type OpenDatabase, openEmbedded, openServer } from "./db.ts";
import { codeOf, reasonOf } from "./reason.ts";

/**
 * @param poolSize the number of connections to a database server
 * @throws ConfigError where there is no way to the database, FolderInUse
 */
export async function openDatabase(
  { databaseUrl, dataDir }: Pick<Config, "databaseUrl" | "dataDir">,
  poolSize?: number,
): Promise<OpenDatabase> {
  if (!databaseUrl) return openEmbedded(dataDir);
  const database = openServer(databaseUrl, poolSize);
  try {
    await sql`select 1`.execute(database.db);
    return database;
  } catch (error) {
    await database.close();
    throw cannotOpen(error);
  }
}

/** The one line about a database server that can't be used. */
export function cannotOpen(error: unknown): ConfigError {
  const { what, mend } = hindrances[codeOf(error) ?? ""] ?? unknown;
  return new ConfigError(`DATABASE_URL: ${what} (${reasonOf(error)}). ${mend}.`, { cause: error });
}

interface Hindrance {
  what: string;
  mend: string;
}

const nobody = {
  what: "no database server listens there",
  mend: "Start it, or correct host and port",
};
const nowhere = { what: "its host can't be found", mend: "Correct the host" };
const stranger = {
  what: "the database server refuses the sign-in",
  mend: "Correct user and password",
};
const unknown = {
  what: "the database can't be opened",
  mend: "Mend that, or set the address of another database",
};

/** By the codes of the system and of PostgreSQL. */
const hindrances: Partial<Record<string, Hindrance>> = {
  ECONNREFUSED: nobody,
  ENOENT: nobody,
  ENOTFOUND: nowhere,
  EAI_AGAIN: nowhere,
  "28000": stranger,
  "28P01": stranger,
  "3D000": { what: "there is no such database", mend: "Create it, or correct its name" },
};
