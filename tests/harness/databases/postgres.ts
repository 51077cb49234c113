/**
 * Before the tests on PostgreSQL: a server with one migrated database that every file clones. The role
 * that migrates is the one that the tests connect as: in the project `superuser` its superuser, else
 * one with no more rights than the guide asks for.
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
    // A clone is refused while anyone is connected to its template.
    await template.close();
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide("server", url(""));
  return server.stop;
}
