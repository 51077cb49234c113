/** A migrated, empty database for one test file, on the engine of the running vitest project. */
import { openAsBlob } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, inject } from "vitest";
import { type OpenDatabase, openServer, overPGlite, pgliteOptions } from "#lib/platform/db.ts";
import type { PoolMode } from "#tests/hosts/pgbouncer.ts";
import { copyMigrated, onServer } from "./migratedServer.ts";

declare module "vitest" {
  interface ProvidedContext {
    engine: "pglite" | "postgres";
    /** The migrated PGlite, as a file. */
    dump: string;
    /** The test server's URL without a database name, as the role that owns the migrated database. */
    server: string;
    /** The same behind a pooler, where there is one. */
    pooler: string | null;
    poolMode: PoolMode | null;
  }
}

export interface TestDatabase extends OpenDatabase {
  /** The URL for a second process or pool; null on PGlite, which has only one connection. */
  url: string | null;
}

const open = new Set<TestDatabase>();
/** How many databases of this file are still open. Checked when the file ends. */
export const openTestDatabases = (): number => open.size;

/** The test file's own database. Call this at the top of the file. */
export function ownDatabase(): TestDatabase {
  const database = {} as TestDatabase;
  beforeAll(async () => {
    Object.assign(database, await testDatabase());
  });
  afterAll(() => database.close());
  return database;
}

/** For more than one database: call this in `beforeAll`, and `close` on the result in `afterAll`. */
export async function testDatabase(): Promise<TestDatabase> {
  const made = await (inject("engine") === "pglite" ? fromDump() : fromTemplate());
  const database: TestDatabase = {
    ...made,
    close: async () => {
      open.delete(database);
      await made.close();
    },
  };
  open.add(database);
  return database;
}

async function fromDump(): Promise<TestDatabase> {
  const loadDataDir = await openAsBlob(inject("dump"));
  const pglite = await PGlite.create({ ...pgliteOptions, loadDataDir });
  return { ...overPGlite(pglite), url: null };
}

async function fromTemplate(): Promise<TestDatabase> {
  const server = inject("server");
  const url = await copyMigrated(server);
  const pooler = inject("pooler");
  const database = openServer(pooler === null ? url : pooler + url.slice(server.length));
  return {
    ...database,
    url,
    close: async () => {
      await database.close();
      await onServer(server, `drop database ${url.slice(server.length)} with (force)`);
    },
  };
}
