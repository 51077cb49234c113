import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "segue-cli-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

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
  const commands = "start build worker migrate doctor make-admin rotate-keys sql".split(" ");
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
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
  const address = closed.address();
  await new Promise((resolve) => closed.close(resolve));
  const port = typeof address === "object" ? address?.port : undefined;
  const { status, stderr } = segue(["sql", "select 1"], { PORT: `${port}` });
  expect(status).toBe(1);
  expect(stderr).toContain(`No Segue answers at http://localhost:${port}.`);
});
