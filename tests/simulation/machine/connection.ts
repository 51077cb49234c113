/** Kysely directly on the run's single connection. */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from "kysely";
import type { DB } from "#lib/platform/database.types.ts";
import type { Db } from "#lib/platform/db.ts";
import type { Prepared } from "./prepared.ts";

export const handleOver = (driver: Driver): Db =>
  new Kysely<DB>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });

export class Wire implements DatabaseConnection {
  readonly #database: Prepared;
  wrote = false;
  isCut = false;

  constructor(database: Prepared) {
    this.#database = database;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, affected } = await this.#database.query(sql, parameters);
    const isWrite = /^\s*(insert|update|delete)/i.test(sql);
    this.wrote ||= isWrite && affected > 0;
    return { rows: rows as R[], ...(isWrite && { numAffectedRows: BigInt(affected) }) };
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("Segue streams nothing");
  }
}

export class OneConnection implements Driver {
  protected readonly database: Prepared;

  constructor(database: Prepared) {
    this.database = database;
  }

  acquireConnection(): Promise<Wire> {
    return Promise.resolve(new Wire(this.database));
  }

  async beginTransaction(): Promise<void> {
    await this.database.query("begin");
  }

  async commitTransaction(_wire: Wire): Promise<void> {
    await this.database.query("commit");
  }

  async rollbackTransaction(): Promise<void> {
    await this.database.query("rollback");
  }

  // Nothing is opened or closed here, because the connection belongs to the whole run.
  init(): Promise<void> {
    return Promise.resolve();
  }

  releaseConnection(): Promise<void> {
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    return Promise.resolve();
  }
}
