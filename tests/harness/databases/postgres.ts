/**
 * Runs before the tests on PostgreSQL: starts a server with one migrated database that every test file
 * clones. The tests connect as the role that migrated. In the project `superuser` that is the server's
 * superuser; otherwise it is a role with no more rights than the guide asks for.
 */
import type { TestProject } from "vitest/node";
import { migratedServer } from "./migratedServer.ts";

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await migratedServer(project.name === "superuser");
  project.provide("server", url);
  return stop;
}
