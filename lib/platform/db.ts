/**
 * Opens the database: PostgreSQL where a URL is given, otherwise PGlite in a folder of this process. From
 * here on both behave the same: `timestamptz` is a `Date` and `bigint` is a number.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { btree_gist } from "@electric-sql/pglite/contrib/btree_gist";
import { CompiledQuery, Kysely, type KyselyPlugin, PGliteDialect, type Transaction } from "kysely";
import pg from "pg";
import { ConfigError } from "./configError.ts";
import type { DB } from "./database.types.ts";
import { lockDataFolder } from "./dataFolder.ts";
import { assertFolderVersion } from "./embedded/folderVersion.ts";
import { OwnerOnlyFs } from "./embedded/ownerOnlyFs.ts";
import { reasonOf } from "./reason.ts";
import { beginAs, OneMessageDialect } from "./roles/beginAs.ts";
import { connectionTo, type ServerAddress } from "./server/serverAddress.ts";
import type { Shares } from "./server/shares.ts";

export type Db = Kysely<DB>;
export type Trx = Transaction<DB>;
/** Where a query may run: reads accept either handle, writes require a `Trx`. */
export type Queryable = Db | Trx;

export interface OpenDatabase {
  db: Db;
  /** The engine below, for code that needs a connection of its own (jobs, dumps). */
  engine: { kind: "embedded"; pglite: PGlite } | Server;
  /** Runs a script of several statements. */
  exec(script: string): Promise<void>;
  close(): Promise<void>;
}

export interface Server {
  kind: "server";
  url: string;
  /** What node-postgres takes to reach it, for code that needs connections of its own. */
  connection: pg.PoolConfig;
  /** How many of those the queue of jobs may have. */
  forJobs: number;
  /** How many wait for a connection of this process just now. */
  waiting(): number;
}

const INT8 = 20;
/** After this time people see an error instead of waiting for a database that doesn't answer. */
const CONNECT_TIMEOUT_MS = 5_000;
// Kept on globalThis because the web build bundles this file more than once, and every copy must know of the
// others' transactions.
const shared = globalThis as { segueInsideTransaction?: AsyncLocalStorage<true> };
shared.segueInsideTransaction ??= new AsyncLocalStorage<true>();
const insideTransaction = shared.segueInsideTransaction;

/**
 * Inside a transaction, a query on the outer handle hangs forever on PGlite (which has one connection) and
 * silently escapes the transaction on a pool. So it throws on both.
 */
const guard: KyselyPlugin = {
  transformQuery({ node }) {
    if (insideTransaction.getStore()) {
      throw new Error("Inside a transaction use its handle, not the outer database");
    }
    return node;
  },
  transformResult: async ({ result }) => result,
};

/**
 * Runs `work` in one transaction. Keep every HTTP call outside it. Transactions don't nest.
 * @throws Error when a transaction is open already
 */
export const transaction = <T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> =>
  transactionAs(db, null, work);

/** The same, with `role` as its first query. On a database server it travels in the message that begins. */
export async function transactionAs<T>(
  db: Db,
  role: CompiledQuery | null,
  work: (trx: Trx) => Promise<T>,
): Promise<T> {
  if (insideTransaction.getStore()) throw new Error("A transaction is open here already");
  return beginAs(role, (begun) =>
    db.transaction().execute((trx) =>
      insideTransaction.run(true, async () => {
        const handle = trx.withoutPlugins();
        if (begun.role) await handle.executeQuery(begun.role);
        return work(handle);
      }),
    ),
  );
}

/** The person that a transaction acts as. Row-level security decides by it. */
export interface Actor {
  personId: string;
}

/** Some hosts' auth.uid() reads the one setting, some the other. */
const personRole = ({ personId }: Actor): CompiledQuery =>
  CompiledQuery.raw(
    `select set_config('request.jwt.claims', $1, true), set_config('request.jwt.claim.sub', $2, true),
            set_config('role', 'authenticated', true)`,
    [JSON.stringify({ sub: personId, role: "authenticated" }), personId],
  );

const serviceRole = CompiledQuery.raw("select set_config('role', 'service_role', true)");

/** From here on the transaction sees and may do what this person sees and may do. */
export async function becomePerson(trx: Trx, actor: Actor): Promise<void> {
  await trx.executeQuery(personRole(actor));
}

/**
 * From here on the transaction acts for the system. Call it only after the person's own right has been
 * proved.
 */
export async function becomeService(trx: Trx): Promise<void> {
  await trx.executeQuery(serviceRole);
}

/** Runs a transaction that acts as this person from its first query on. */
export const asPerson = <T>(db: Db, actor: Actor, work: (trx: Trx) => Promise<T>): Promise<T> =>
  transactionAs(db, personRole(actor), work);

/** Runs a transaction of the system itself: worker, callback, sign-in. */
export const asService = <T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> =>
  transactionAs(db, serviceRole, work);

/**
 * Opens PostgreSQL. `shares` are the numbers of connections of this process.
 * @throws ConfigError where others could read what is sent
 */
export function openServer(
  address: string | ServerAddress,
  shares: number | Shares = 10,
): OpenDatabase & { engine: Server } {
  const { url, ca } = typeof address === "string" ? { url: address, ca: null } : address;
  const { work, jobs } = typeof shares === "number" ? { work: shares, jobs: 4 } : shares;
  const connection = {
    ...connectionTo({ url, ca }),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  };
  const types: pg.CustomTypesConfig = {
    getTypeParser: ((oid: number, format?: "text") =>
      oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
  };
  const pool = new pg.Pool({
    ...connection,
    max: work,
    types,
  });
  // Without listeners, a connection that is cut would end this process. The pool only hears about idle
  // connections; nobody would hear about one that is cut inside a transaction, between two queries. Its
  // holder learns of it from the next query.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  const db = new Kysely<DB>({ dialect: new OneMessageDialect({ pool }) }).withPlugin(guard);
  return {
    db,
    engine: { kind: "server", url, connection, forJobs: jobs, waiting: () => pool.waitingCount },
    exec: async (script) => {
      const client = await pool.connect();
      // After an error the connection may be in a failed transaction, so it doesn't go back to the pool.
      await client.query(script).then(
        () => client.release(),
        (error: Error) => {
          client.release(error);
          throw error;
        },
      );
    },
    // Not `db.destroy()`: it leaves the pool open when no query has gone through Kysely yet.
    close: () => pool.end(),
  };
}

/** Wraps an existing PGlite as an embedded database. Closing it closes the PGlite too. */
export function overPGlite(pglite: PGlite): OpenDatabase {
  const db = new Kysely<DB>({ dialect: new PGliteDialect({ pglite }) }).withPlugin(guard);
  return {
    db,
    engine: { kind: "embedded", pglite },
    exec: async (script) => void (await pglite.exec(script)),
    close: async () => {
      if (!pglite.closed) await pglite.close();
    },
  };
}

/** The options of every PGlite that we create, in the app and in tests. */
export const pgliteOptions = { extensions: { btree_gist }, parsers: { [INT8]: Number } };

/**
 * Opens PGlite in `<dataDir>/db`.
 * @throws FolderInUse when another process has it open, ConfigError when it can't be opened
 */
export async function openEmbedded(dataDir: string): Promise<OpenDatabase> {
  const unlock = lockDataFolder(dataDir);
  const folder = join(dataDir, "db");
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    assertFolderVersion(folder);
    const opened = overPGlite(
      await PGlite.create({ ...pgliteOptions, fs: new OwnerOnlyFs(folder) }),
    );
    return {
      ...opened,
      close: async () => {
        await opened.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(
      `DATA_DIR: the database in ${folder} can't be opened (${reasonOf(error)}). Put back a copy of the folder, or move it away to begin anew.`,
      { cause: error },
    );
  }
}
