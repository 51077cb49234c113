/** A PostgreSQL with one migrated database, from which each test gets a copy in next to no time. */
import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { openServer } from "#lib/platform/db.ts";
import { MIGRATIONS, migrate } from "#lib/platform/migrations/migrate.ts";
import { type PostgresOptions, startPostgres } from "./postgresServer.ts";

export const TEMPLATE = "segue_template";

export interface MigratedServer {
  /** The server's URL without a database's name, as the role that owns the migrated database. */
  url: string;
  stop(): Promise<void>;
}

/** @param asSuperuser whether its owner is the superuser, and not a role with the rights that the guide asks for */
export async function migratedServer(
  asSuperuser = false,
  options: PostgresOptions = {},
): Promise<MigratedServer> {
  const server = await startPostgres(options);
  const url = (asSuperuser ? server.superuserUrl : server.url)("");
  try {
    await onServer(url, `create database ${TEMPLATE}`);
    const template = openServer(url + TEMPLATE, 1);
    await migrate(template, MIGRATIONS);
    // PostgreSQL refuses to clone a template while anyone is connected to it.
    await template.close();
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { url, stop: server.stop };
}

/** @returns the URL of a migrated database without rows */
export async function copyMigrated(server: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await onServer(server, `create database ${name} template ${TEMPLATE}`);
  return server + name;
}

export async function onServer(server: string, statement: string): Promise<void> {
  const admin = openServer(`${server}postgres`, 1);
  await sql
    .raw(statement)
    .execute(admin.db)
    .finally(() => admin.close());
}
