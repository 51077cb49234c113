/** Runs before the browser tests: builds the pages from the current sources and makes databases to copy. */
import { build } from "#cli/build.ts";
import { offerServer } from "./app.ts";
import { appServer } from "./databases/appServer.ts";
import { makeTemplate } from "./databases/template.ts";

export default async function setup(): Promise<() => Promise<void>> {
  if ((await build()) !== 0) throw new Error("The build failed");
  const removeTemplate = await makeTemplate();
  const server = await appServer();
  offerServer(server.url);
  return async () => {
    await server.stop();
    removeTemplate();
  };
}
