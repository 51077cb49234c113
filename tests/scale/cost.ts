/**
 * What a verb costs in the database: how many pages (8 KB) each of its statements touches, in memory or not. Unlike time,
 * that is the same on every machine.
 */
import { type CompiledQuery, Kysely, type LogEvent, PGliteDialect, PostgresDialect } from "kysely";
import pg from "pg";
import type { DB } from "#lib/platform/database.types.ts";
import type { Db, OpenDatabase } from "#lib/platform/db.ts";

export interface Cost {
  /** Pages of all statements together. */
  pages: number;
  /** The dearest first. */
  statements: { pages: number; rows: number; text: string; plan: string }[];
}

/** A second handle to the database, whose statements are written down. */
export class Observed {
  readonly db: Db;
  readonly #seen: CompiledQuery[] = [];
  readonly #pool: pg.Pool | null;

  constructor({ engine }: OpenDatabase) {
    this.#pool = engine.kind === "server" ? new pg.Pool({ ...engine.connection, max: 2 }) : null;
    const dialect =
      engine.kind === "server"
        ? new PostgresDialect({ pool: this.#pool as pg.Pool })
        : new PGliteDialect({ pglite: engine.pglite });
    this.db = new Kysely<DB>({ dialect, log: (event) => this.#note(event) });
  }

  #note({ level, query }: LogEvent): void {
    if (level === "query") this.#seen.push(query);
  }

  /** Runs it once, and then each of its statements again, in their order and rights, to be measured and undone. */
  async costOf(work: () => Promise<unknown>): Promise<Cost> {
    this.#seen.length = 0;
    await work();
    const seen = this.#seen.filter(({ sql }) => !/^(begin|commit|rollback)/i.test(sql));
    const statements: Cost["statements"] = [];
    await this.db
      .transaction()
      .execute(async (trx) => {
        for (const query of seen) {
          if (query.sql.includes("set_config(")) await trx.executeQuery(query);
          else statements.push(await measured(trx, query));
        }
        throw new Undone();
      })
      .catch((error: unknown) => {
        if (!(error instanceof Undone)) throw error;
      });
    statements.sort((a, b) => b.pages - a.pages);
    return { pages: statements.reduce((sum, { pages }) => sum + pages, 0), statements };
  }

  async close(): Promise<void> {
    await this.#pool?.end();
  }
}

class Undone extends Error {}

interface Plan {
  "Shared Hit Blocks": number;
  "Shared Read Blocks": number;
  "Actual Rows": number;
  "Node Type": string;
  "Index Name"?: string;
  "Relation Name"?: string;
  Plans?: Plan[];
}

async function measured(db: Db, query: CompiledQuery) {
  const { rows } = await db.executeQuery<{ "QUERY PLAN": unknown }>({
    ...query,
    sql: `explain (analyze, buffers, timing off, format json) ${query.sql}`,
  });
  const said = rows[0]?.["QUERY PLAN"];
  const [{ Plan: plan }] = (typeof said === "string" ? JSON.parse(said) : said) as [{ Plan: Plan }];
  const pages = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"];
  return { pages, rows: plan["Actual Rows"], text: query.sql, plan: inWords(plan) };
}

const inWords = (plan: Plan): string =>
  [
    [plan["Node Type"], plan["Index Name"] ?? plan["Relation Name"]].filter(Boolean).join(" "),
    ...(plan.Plans ?? []).map(inWords),
  ].join(" < ");
