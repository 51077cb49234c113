/** The database for whoever alters it: as its owner, where that is somebody else than whom a process runs as. */
import type { Config } from "#lib/platform/config.ts";
import { ConfigError } from "#lib/platform/configError.ts";
import type { OpenDatabase } from "#lib/platform/db.ts";
import { openDatabase } from "#lib/platform/openDatabase.ts";
import { reasonOf } from "#lib/platform/reason.ts";
import { admit, setUpDatabase } from "#server/setUp.ts";

interface Owned {
  owner: OpenDatabase;
  /** Brings the database to this version, and lets the role of the processes in. @returns what was done, by name */
  setUp(): Promise<string[]>;
}

/** @throws ConfigError, FolderInUse */
export async function asOwner<T>(config: Config, work: (owned: Owned) => Promise<T>): Promise<T> {
  const { databaseOwnerUrl } = config;
  const owner = databaseOwnerUrl
    ? await byOwner(openDatabase({ ...config, databaseUrl: databaseOwnerUrl }, 2))
    : await openDatabase(config, 2);
  const opened = [owner];
  const setUp = async () => {
    const done = await (databaseOwnerUrl ? byOwner(setUpDatabase(owner)) : setUpDatabase(owner));
    if (databaseOwnerUrl && config.databaseUrl) {
      const app = await openDatabase(config, 2);
      opened.push(app);
      await admit(app, owner);
    }
    return done;
  };
  try {
    return await work({ owner, setUp });
  } finally {
    await Promise.all(opened.map((database) => database.close()));
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
