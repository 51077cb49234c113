/**
 * Runs before the tests on PostgreSQL: starts a server with one migrated database that every test file
 * clones. The tests connect as the role that migrated. In the project `superuser` that is the server's
 * superuser; otherwise it is a role with no more rights than the guide asks for. `npm run hosts` asks for
 * other servers by TEST_HOST.
 */
import type { TestProject } from "vitest/node";
import { startPgBouncer } from "#tests/hosts/pgbouncer.ts";
import { supabaseLike } from "#tests/hosts/supabaseLike.ts";
import { migratedServer } from "./migratedServer.ts";

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const host = process.env.TEST_HOST;
  const options = host === "supabase" ? { roles: supabaseLike } : {};
  const { url, stop } = await migratedServer(project.name === "superuser", options);
  project.provide("server", url);
  if (host !== "session" && host !== "transaction") {
    project.provide("pooler", null);
    project.provide("poolMode", null);
    return stop;
  }
  const pooler = await startPgBouncer(url, host);
  project.provide("pooler", pooler.url);
  project.provide("poolMode", host);
  return async () => {
    await pooler.stop();
    await stop();
  };
}
