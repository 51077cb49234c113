/**
 * Unpacks an earlier version's data for the present one to start on. One thing in it is changed wherever it
 * occurs: the stand-ins' address, because another process may hold that port on this machine.
 */
import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openServer } from "#lib/platform/db.ts";
import { freePort } from "#tests/harness/ports.ts";
import type { Alive, Kind } from "./alive.ts";
import { unpack } from "./pack.ts";
import { keysOf, queryOf, withDatabase } from "./rows.ts";

export interface TakenUp {
  /** Primary keys by table, as the earlier version left them. */
  keys: Map<string, Set<string>>;
  /** The address of its rooms now. */
  standIns: string;
}

/** @param databaseUrl an empty database, for data that was made on a server */
export async function takeUp(
  folder: string,
  kind: Kind,
  alive: Alive,
  dataDir: string,
  databaseUrl?: string,
): Promise<TakenUp> {
  unpack(join(folder, `${kind}.tar.zst`), dataDir);
  if (databaseUrl) await restore(dataDir, databaseUrl);
  const port = await freePort();
  const standIns = `http://127.0.0.1:${port}`;
  moveJournal(join(dataDir, "sandbox/journal.jsonl"), alive.standIns, port);
  const keys = await withDatabase(databaseUrl ? { url: databaseUrl } : { dataDir }, async (db) => {
    await db.exec(movedAddress(alive.standIns, standIns));
    return keysOf(queryOf(db));
  });
  return { keys, standIns };
}

async function restore(dataDir: string, url: string): Promise<void> {
  const file = join(dataDir, "database.sql");
  const database = openServer(url, 1);
  try {
    // A database's dump holds no roles, because roles belong to the server. The guide has the last statement
    // for whoever moves a database to a server with roles of another's making; "with set" is PostgreSQL 16's.
    await database.exec(`
      create role anon nologin noinherit;
      create role authenticated nologin noinherit;
      create role service_role nologin noinherit;
      do $$
      begin
        execute 'grant anon, authenticated, service_role to ' || quote_ident(current_user)
          || case when current_setting('server_version_num')::int >= 160000 then ' with set true' else '' end;
      end
      $$;`);
    await database.exec(readFileSync(file, "utf8"));
  } finally {
    await database.close();
  }
  rmSync(file);
}

/** Of several journal lines for one key the last counts, and a line without a value deletes the key. */
function moveJournal(file: string, from: string, port: number): void {
  const to = `http://127.0.0.1:${port}`;
  writeFileSync(file, readFileSync(file, "utf8").replaceAll(from, to));
  const lines = [
    { c: "ports", k: "http", v: port },
    { c: "ports", k: "smtp" },
  ];
  appendFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

const movedAddress = (from: string, to: string) => `
  do $$
  declare
    place record;
  begin
    for place in
      select table_schema, table_name, column_name from information_schema.columns
      where table_schema in ('public', 'private') and data_type = 'text' and is_generated = 'NEVER'
    loop
      execute format('update %1$I.%2$I set %3$I = replace(%3$I, %4$L, %5$L) where %3$I like %6$L',
        place.table_schema, place.table_name, place.column_name, '${from}', '${to}', '%${from}%');
    end loop;
  end
  $$;`;
