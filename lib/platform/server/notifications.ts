/** Whether LISTEN hears anything. A pooler that hands a connection on with each transaction takes it and forgets it. */
import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import pg from "pg";
import type { OpenDatabase } from "../db.ts";
import { cannotOpen } from "../openDatabase.ts";

/** A notification comes within milliseconds; a machine may be slow. */
const WAIT_MS = 5_000;

/**
 * Tries it: listens on one connection and notifies on another. An embedded database always hears itself.
 * @throws ConfigError where there is no connection left
 */
export async function hearsNotifications({ db, engine }: OpenDatabase): Promise<boolean> {
  if (engine.kind === "embedded") return true;
  const channel = `segue_${randomUUID().replaceAll("-", "")}`;
  const client = new pg.Client(engine.connection);
  client.on("error", () => undefined);
  await client.connect().catch((error: unknown) => {
    throw cannotOpen(error);
  });
  try {
    const heard = Promise.withResolvers<boolean>();
    client.on("notification", () => heard.resolve(true));
    await client.query(`listen ${channel}`);
    const deadline = setTimeout(() => heard.resolve(false), WAIT_MS);
    await sql`select pg_notify(${channel}, '')`.execute(db);
    const isHeard = await heard.promise;
    clearTimeout(deadline);
    // Behind a pooler, another process may get this connection next.
    await client.query(`unlisten ${channel}`);
    return isHeard;
  } finally {
    await client.end();
  }
}
