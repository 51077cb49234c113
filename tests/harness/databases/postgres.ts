/**
 * Runs before the tests on PostgreSQL: starts a server with one migrated database that every test file
 * clones. The tests connect as the role that migrated. In the project `superuser` that is the server's
 * superuser; otherwise it is a role with no more rights than the guide asks for.
 */
import { sql } from "kysely";
import type { TestProject } from "vitest/node";
import { openServer } from "#lib/platform/db.ts";
import { migrate } from "#lib/platform/migrate.ts";
import { MIGRATIONS, TEMPLATE } from "./database.ts";
import { startPostgres } from "./postgresServer.ts";

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  const url = project.name === "superuser" ? server.superuserUrl : server.url;
  try {
    const admin = openServer(url("postgres"), 1);
    await sql.raw(`create database ${TEMPLATE}`).execute(admin.db);
    await admin.close();
    const template = openServer(url(TEMPLATE), 1);
    await migrate(template, MIGRATIONS);
    // PostgreSQL refuses to clone a template while anyone is connected to it.
    await template.close();
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide("server", url(""));
  return server.stop;
}
