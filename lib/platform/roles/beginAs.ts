/**
 * A transaction of ours begins by becoming somebody. On a database server both travel in one message: a
 * round trip costs more than what most of our statements do there.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { CompiledQuery, PostgresDialect, type PostgresDialectConfig, PostgresDriver } from "kysely";
import pg from "pg";

/** What the transaction that begins here should become, as a query; null once that has been sent. */
interface Beginning {
  role: CompiledQuery | null;
}

// On globalThis because the web build bundles this file more than once: one copy opens the database, another
// begins the transaction.
const shared = globalThis as { segueBeginning?: AsyncLocalStorage<Beginning> };
shared.segueBeginning ??= new AsyncLocalStorage<Beginning>();
const beginnings = shared.segueBeginning;

/** Runs `work`, which begins one transaction. If `role` isn't null then, no driver has sent it: `work` must. */
export function beginAs<T>(
  role: CompiledQuery | null,
  work: (beginning: Readonly<Beginning>) => Promise<T>,
): Promise<T> {
  const beginning = { role };
  return beginnings.run(beginning, () => work(beginning));
}

type Connection = Parameters<PostgresDriver["rollbackTransaction"]>[0];

class OneMessageDriver extends PostgresDriver {
  /** Our transactions take no settings; those of PostgreSQL's own are right. */
  override async beginTransaction(connection: Connection): Promise<void> {
    const beginning = beginnings.getStore();
    const statements = ["begin", ...(beginning?.role ? [inlined(beginning.role)] : [])];
    try {
      await connection.executeQuery(CompiledQuery.raw(statements.join("; ")));
    } catch (error) {
      // Kysely takes this transaction for one that never began. It did, if the role alone was refused, and its
      // connection goes back to the pool. The first error is the one that says why.
      await this.rollbackTransaction(connection).catch(() => undefined);
      throw error;
    }
    if (beginning) beginning.role = null;
  }
}

/** A message of several statements takes no parameters. */
const inlined = ({ sql, parameters }: CompiledQuery): string =>
  sql.replaceAll(/\$(\d+)/g, (_, position) => pg.escapeLiteral(`${parameters[position - 1]}`));

/** PostgreSQL, with `begin` and the role in one message. */
export class OneMessageDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;

  constructor(config: PostgresDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): PostgresDriver {
    return new OneMessageDriver(this.#config);
  }
}
