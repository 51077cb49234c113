/** A PgBouncer before a server of the tests. It waits on a pipe from this process, so it never outlives it. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { PATIENCE_MS } from "#tests/harness/patience.ts";
import { freePort } from "#tests/harness/ports.ts";
import { markFolder, sweepFolders } from "#tests/harness/tempFolders.ts";

export type PoolMode = "session" | "transaction";

const PREFIX = "segue-pgbouncer-";

export interface Pooler {
  /** Without a database's name. */
  url: string;
  stop(): Promise<void>;
}

/** @param server the server's URL without a database's name */
export async function startPgBouncer(server: string, mode: PoolMode): Promise<Pooler> {
  sweepFolders(PREFIX);
  const { port: behind, username } = new URL(server);
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  markFolder(folder);
  chmodSync(folder, 0o755);
  const port = await freePort();
  writeFileSync(join(folder, "users"), `"${username}" ""\n`);
  const settings = join(folder, "pgbouncer.ini");
  writeFileSync(
    settings,
    `[databases]
* = host=127.0.0.1 port=${behind}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${join(folder, "users")}
pool_mode = ${mode}
max_client_conn = 500
default_pool_size = 40
`,
  );
  // It refuses to run as root.
  const isRoot = process.getuid?.() === 0;
  const id = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  const script =
    'exec 3<&0; "$@" 3<&- & server=$!; { cat <&3; kill -KILL $server; } & wait $server';
  const shell = spawn("sh", ["-c", script, "sh", "pgbouncer", "-q", settings], {
    ...(isRoot && { uid: id("-u"), gid: id("-g") }),
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
    cwd: folder,
    detached: true,
    stdio: ["pipe", "ignore", "inherit"],
  });
  await untilOpen(port, shell);
  return {
    url: `postgres://${username}@127.0.0.1:${port}/`,
    stop: async () => {
      const exited = new Promise((resolve) => shell.once("exit", resolve));
      shell.stdin?.end();
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilOpen(port: number, shell: ChildProcess): Promise<void> {
  for (let waited = 0; waited < PATIENCE_MS; waited += 50) {
    if (shell.exitCode !== null) break;
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true));
      socket.on("error", () => resolve(false)).on("connect", () => socket.end());
    });
    if (isOpen) return;
    await delay(50);
  }
  throw new Error("PgBouncer didn't start (Debian: apt-get install pgbouncer)");
}
