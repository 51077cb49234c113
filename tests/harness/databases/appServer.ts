/** A server whose databases are set up already, for apps that may alter nothing there. */
import { openServer } from "#lib/platform/db.ts";
import { admit, setUpDatabase } from "#server/setUp.ts";
import { copyMigrated, type MigratedServer, migratedServer, TEMPLATE } from "./migratedServer.ts";

const APP_ROLE = "segue_app";

export async function appServer(): Promise<MigratedServer> {
  const server = await migratedServer();
  const owner = openServer(server.url + TEMPLATE, 2);
  const app = openServer(asApp(server.url + TEMPLATE), 2);
  try {
    await owner.exec(`create role ${APP_ROLE} login`);
    await setUpDatabase(owner);
    await admit(app, owner);
  } finally {
    await Promise.all([owner.close(), app.close()]);
  }
  return server;
}

/** @returns the URL of a database without rows, as the role that owns nothing in it */
export const copyForApp = async (server: string): Promise<string> =>
  asApp(await copyMigrated(server));

function asApp(url: string): string {
  const changed = new URL(url);
  changed.username = APP_ROLE;
  return changed.href;
}
