/** `npm ci --omit=dev --legacy-peer-deps` and `npm start`, as on a server: real processes, no browser. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { type PostgresServer, startPostgres } from "#tests/harness/databases/postgresServer.ts";
import { freePort } from "#tests/harness/ports.ts";
import {
  copyBuild,
  makeProductionFolder,
  type ProductionFolder,
} from "#tests/harness/production/productionFolder.ts";

let folder: ProductionFolder;
let postgres: PostgresServer;
let started: ChildProcess | undefined;

test.beforeAll(async () => {
  folder = makeProductionFolder();
  copyBuild(".", folder.path);
  postgres = await startPostgres();
  await postgres.create("segue");
});

test.afterAll(async () => {
  started?.kill("SIGKILL");
  await postgres?.stop();
  folder?.remove();
});

const { scripts, devDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
const npmStart: string[] = scripts.start.split(" ").slice(1);

const settings = () => ({
  DATABASE_URL: postgres.url("segue"),
  AUTH_SECRET: "x".repeat(32),
  TOKEN_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString("base64")}`,
  GOOGLE_CLIENT_ID: "google",
  GOOGLE_CLIENT_SECRET: "of Google",
  ZOOM_CLIENT_ID: "zoom",
  ZOOM_CLIENT_SECRET: "of Zoom",
});

const installed = () => ({
  packages: readdirSync(join(folder.path, "node_modules"), { recursive: true }).length,
  lock: readFileSync(join(folder.path, "node_modules/.package-lock.json"), "utf8"),
  asked: readFileSync(join(folder.path, "package.json"), "utf8"),
});

test("no package of the stand-ins, the tests or the checks is there", () => {
  const present = Object.keys(devDependencies).filter((name) =>
    existsSync(join(folder.path, "node_modules", name)),
  );
  expect(present).toEqual([]);
});

test("npm itself would add nothing to it and take nothing away", () => {
  const args = ["ci", "--omit=dev", "--legacy-peer-deps", "--dry-run", "--offline"];
  const { status, stdout, stderr } = spawnSync("npm", args, {
    cwd: folder.path,
    env: folder.env,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  expect(status, stderr).toBe(0);
  expect(stdout.split("\n").filter((line) => /^(add|remove) /.test(line))).toEqual([]);
});

function startInVain(env: Record<string, string>) {
  const { status, stdout, stderr } = spawnSync(process.execPath, npmStart, {
    cwd: folder.path,
    env: { ...folder.env, ...env },
    encoding: "utf8",
  });
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  return stderr;
}

test("without SMTP_URL, and so without a stand-in for it, the start ends with one line", () => {
  expect(startInVain(settings())).toMatch(/^Segue can't start: SMTP_URL: not set, [^\n]+\n$/);
});

test("without any setting the one line names all that are missing", () => {
  expect(startInVain({})).toMatch(
    /^Segue can't start: GOOGLE_CLIENT_ID, ZOOM_CLIENT_ID, SMTP_URL: not set, [^\n]+\n$/,
  );
});

test("with credentials npm start serves pages, installs nothing, and stops in order", async () => {
  const before = installed();
  const port = await freePort();
  const child = spawn(process.execPath, npmStart, {
    cwd: folder.path,
    env: {
      ...folder.env,
      ...settings(),
      SMTP_URL: "smtp://127.0.0.1:9",
      APP_URL: "https://segue.example",
      PORT: `${port}`,
    },
  });
  started = child;
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const exited = new Promise<number | null>((settle) => child.once("exit", settle));
  // The wait also ends when the process exits instead.
  await expect.poll(() => `${output}${child.exitCode ?? ""}`).toMatch(/Segue runs at|\d$/);
  expect(output).toContain("Segue runs at");
  const page = await fetch(`http://127.0.0.1:${port}/`);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("Segue");
  child.kill("SIGTERM");
  expect(await exited).toBe(0);
  expect(output).not.toMatch(/Installing|Building/);
  expect(installed()).toEqual(before);
});
