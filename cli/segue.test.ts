import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { parseConfig } from "#lib/platform/config.ts";
import { HAS_SAID_WHY } from "#lib/platform/configError.ts";
import { lockDataFolder, tellAddress } from "#lib/platform/dataFolder.ts";
import { FolderInUse } from "#lib/platform/embedded/folderLock.ts";
import { loadSecrets } from "#lib/platform/secrets.ts";
import { freePort } from "#tests/harness/ports.ts";
import { AlreadySaid, CommandError } from "./commandError.ts";
import { endedEarly } from "./launch.ts";
import { sql } from "./sql.ts";
import { assertStartable, cannotListen } from "./startable.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "segue-cli-"));
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

function segue(args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["cli/segue.ts", ...args], {
    encoding: "utf8",
    env: { NODE_ENV: "test", PATH: process.env.PATH, DATA_DIR: folder, ...env },
  });
  return { status, stdout, stderr };
}

test("help names every command", () => {
  const { status, stdout } = segue(["--help"]);
  expect(status).toBe(0);
  const commands =
    "start build worker migrate doctor make-admin rotate-keys outage export import sql".split(" ");
  for (const command of commands) {
    expect(stdout).toContain(`\n  ${command}`);
  }
});

test("an unknown command is answered with the help and exit code 2", () => {
  const { status, stderr } = segue(["toString"]);
  expect(status).toBe(2);
  expect(stderr).toContain('There is no command "toString"');
  expect(stderr).toContain("make-admin <email>");
});

test("a wrong setting ends the start with one line that names it", () => {
  const { status, stdout, stderr } = segue(["start"], { ZOOM_PLAN: "golden" });
  expect(status).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toMatch(/^Segue can't start: ZOOM_PLAN: [^\n]+\n$/);
});

test("a worker of its own refuses an embedded database in one line", () => {
  const { status, stderr } = segue(["worker"]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^A worker of its own needs DATABASE_URL;[^\n]+\n$/);
});

test("a command says so when no Segue runs", async () => {
  const APP_URL = `http://127.0.0.1:${await freePort()}`;
  const { status, stderr } = segue(["sql", "select 1"], { APP_URL });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^No running Segue serves the data folder [^\n]+ DATA_DIR [^\n]+\n$/);
});

test("a command finds the running Segue by its data folder, whatever its port", async () => {
  const unlock = lockDataFolder(folder);
  const { cliSecret } = loadSecrets(folder);
  const running = createServer((request, answer) => {
    const isMine = request.headers.authorization === `Bearer ${cliSecret}`;
    answer.end(JSON.stringify([{ isMine, url: request.url }]));
  });
  await once(running.listen(0, "127.0.0.1"), "listening");
  const { port } = running.address() as AddressInfo;
  const takeBack = tellAddress(folder, `http://127.0.0.1:${port}`);
  const rows = vi.spyOn(console, "log").mockReturnValue();
  vi.stubEnv("DATA_DIR", folder);
  vi.stubEnv("APP_URL", "https://segue.example");
  await sql(["select 1"]);
  expect(JSON.parse(rows.mock.calls[0]?.[0])).toEqual([{ isMine: true, url: "/api/cli" }]);
  await new Promise((resolve) => running.close(resolve));
  await expect(sql(["select 1"])).rejects.toThrow(
    new RegExp(`^The Segue that serves [^\n]+ECONNREFUSED 127.0.0.1:${port}[^\n]+$`),
  );
  takeBack();
  unlock();
});

test("with a database that refuses, a command ends with one line that names the setting", async () => {
  const { status, stdout, stderr } = segue(["migrate"], {
    DATABASE_URL: `postgres://segue:secret@127.0.0.1:${await freePort()}/segue`,
    AUTH_SECRET: "0123456789".repeat(4),
    TOKEN_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32).toString("base64")}`,
  });
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^Segue can't start: DATABASE_URL: [^\n]+ECONNREFUSED[^\n]+\n$/);
});

const startable = (env: Record<string, string>) =>
  assertStartable(parseConfig({ DATA_DIR: folder, ...env }, loadSecrets(folder)));

test("an address that can't be listened at ends the start before the build, with one line", async () => {
  const unknown = Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" });
  expect(cannotListen(unknown, { host: "nowhere.invalid", port: 3000 }).message).toMatch(
    /^HOST: [^\n]+nowhere\.invalid[^\n]+127\.0\.0\.1[^\n]+$/,
  );
  // An address that is kept for documentation belongs to no machine.
  await expect(startable({ HOST: "192.0.2.1" })).rejects.toThrow(
    /^HOST: [^\n]+192\.0\.2\.1[^\n]+$/,
  );
  const taken = createServer();
  await once(taken.listen(0, "127.0.0.1"), "listening");
  const { port } = taken.address() as AddressInfo;
  await expect(startable({ PORT: `${port}` })).rejects.toThrow(`PORT: ${port} is taken`);
  await new Promise((resolve) => taken.close(resolve));
  const refused = Object.assign(new Error("listen EACCES"), { code: "EACCES" });
  expect(cannotListen(refused, { host: "0.0.0.0", port: 80 }).message).toMatch(
    /^PORT: this user may not listen at 80\. [^\n]+$/,
  );
});

test("a database or a folder that can't be had ends the start before the build", async () => {
  const PORT = `${await freePort()}`;
  const DATABASE_URL = `postgres://segue:secret@127.0.0.1:${PORT}/segue`;
  await expect(startable({ PORT, DATABASE_URL })).rejects.toThrow(/^DATABASE_URL: [^\n]+$/);
  const unlock = lockDataFolder(folder);
  await expect(startable({ PORT })).rejects.toThrow(FolderInUse);
  unlock();
  await startable({ PORT });
});

test("of a web process that has said why it can't start nothing more is said", () => {
  expect(endedEarly(HAS_SAID_WHY)).toBeInstanceOf(AlreadySaid);
  expect(endedEarly(137)).toBeInstanceOf(CommandError);
  expect(endedEarly(137).message).toMatch(
    /^Segue stopped while starting, with exit code 137; [^\n]+$/,
  );
});
