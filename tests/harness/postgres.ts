/** Before the tests on PostgreSQL: a server with one migrated database that every file clones. */
import { sql } from "kysely";
import type { TestProject } from "vitest/node";
import { openServer } from "#lib/platform/db.ts";
import { migrate } from "#lib/platform/migrate.ts";
import { MIGRATIONS, TEMPLATE } from "./database.ts";
import { startPostgres } from "./postgresServer.ts";

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  try {
    const admin = openServer(server.url("postgres"), 1);
    await sql.raw(`create database ${TEMPLATE}`).execute(admin.db);
    await admin.close();
    const template = openServer(server.url(TEMPLATE), 1);
    await migrate(template, MIGRATIONS);
    // A clone is refused while anyone is connected to its template.
    await template.close();
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide("server", server.url(""));
  return server.stop;
}
