import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { markFolder, sweepFolders } from "./tempFolders.ts";

let prefix: string;
let folder: string;
beforeEach(() => {
  prefix = `segue-swept-${randomUUID()}-`;
  folder = mkdtempSync(join(tmpdir(), prefix));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const mark = (owner: string) => writeFileSync(join(folder, "owner.pid"), owner);
function isKept(): boolean {
  sweepFolders(prefix);
  return existsSync(folder);
}

test("a running process keeps its folder, also one that is marked as earlier versions did", () => {
  markFolder(folder);
  expect(isKept()).toBe(true);
  mark(`${process.pid}`);
  expect(isKept()).toBe(true);
});

test.each(["0", "-1", "nonsense", "999999999"])("a folder of nobody (%j) is removed", (owner) => {
  mark(owner);
  expect(isKept()).toBe(false);
});

test("a dead process's folder is removed, though another process has its id by now", () => {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  mark(`${pid}`);
  expect(isKept()).toBe(false);
  folder = mkdtempSync(join(tmpdir(), prefix));
  mark(`${process.pid} 1`);
  expect(isKept()).toBe(false);
});

test("a folder that isn't marked yet is kept, but not for ever", () => {
  expect(isKept()).toBe(true);
  mark("");
  expect(isKept()).toBe(true);
  const longAgo = new Date("2026-01-01T00:00:00Z");
  utimesSync(folder, longAgo, longAgo);
  expect(isKept()).toBe(false);
});
