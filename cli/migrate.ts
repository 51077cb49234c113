/** `segue migrate`: brings the database up to date, as its owner where that is somebody else than whom a process runs as. */
import { ConfigError } from "#lib/platform/configError.ts";
import type { OpenDatabase } from "#lib/platform/db.ts";
import { openDatabase } from "#lib/platform/openDatabase.ts";
import { reasonOf } from "#lib/platform/reason.ts";
import { admit, setUpDatabase } from "#server/setUp.ts";
import { configure, readEnvironment } from "./environment.ts";

export async function migrateDatabase(): Promise<number> {
  const { config } = configure(readEnvironment());
  const { databaseOwnerUrl } = config;
  const owner = databaseOwnerUrl
    ? await byOwner(openDatabase({ ...config, databaseUrl: databaseOwnerUrl }, 2))
    : await openDatabase(config, 2);
  const opened = [owner];
  try {
    const work = setUpDatabase(owner);
    const done = await (databaseOwnerUrl ? byOwner(work) : work);
    if (databaseOwnerUrl && config.databaseUrl) {
      const app = await openDatabase(config, 2);
      opened.push(app);
      await admit(app, owner);
    }
    console.log(done.length > 0 ? `Applied: ${done.join(", ")}` : "Nothing to do.");
    return 0;
  } finally {
    await Promise.all(opened.map((database: OpenDatabase) => database.close()));
  }
}

/** What hinders it is the owner's address, then. */
const byOwner = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(reasonOf(error).replace(/^DATABASE_URL\b/, "DATABASE_OWNER_URL"), {
      cause: error,
    });
  });
