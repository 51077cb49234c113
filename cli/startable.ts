/** What can be known before a start: whether the address is free, and whether the database is there. */
import { createServer } from "node:net";
import type { Config } from "#lib/platform/config.ts";
import { ConfigError } from "#lib/platform/configError.ts";
import { lockDataFolder } from "#lib/platform/dataFolder.ts";
import { codeOf, reasonOf } from "#lib/platform/reason.ts";

/** @throws ConfigError, FolderInUse */
export async function assertStartable(config: Config): Promise<void> {
  await assertFree(config);
  if (config.databaseUrl) {
    // Loaded only here: the launcher of an embedded Segue needs no database itself.
    const { openDatabase } = await import("#lib/platform/openDatabase.ts");
    await (await openDatabase(config, 1)).close();
  } else lockDataFolder(config.dataDir)();
}

type Address = Pick<Config, "host" | "port">;

async function assertFree(address: Address): Promise<void> {
  const probe = createServer();
  await new Promise<void>((settle, reject) => {
    probe.once("error", (error) => reject(cannotListen(error, address)));
    probe.listen(address.port, address.host, () => probe.close(() => settle()));
  });
}

export function cannotListen(error: unknown, { host, port }: Address): ConfigError {
  const line = {
    EADDRINUSE: `PORT: ${port} is taken by another program. Stop that one, or set PORT.`,
    EACCES: `PORT: this user may not listen at ${port}. Set a port from 1024 on, with a proxy before it that listens at ${port}.`,
  }[codeOf(error) ?? ""];
  return new ConfigError(
    line ??
      `HOST: Segue can't listen at ${host} (${reasonOf(error)}). Set an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them.`,
    { cause: error },
  );
}
