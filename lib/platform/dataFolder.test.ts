import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openEmbedded } from "./db.ts";
import { FolderInUse, lockFolder, lockOwner } from "./folderLock.ts";
import { loadSecrets } from "./secrets.ts";

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "segue-data-folder-"));
  lock = join(folder, "db.lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a folder is opened once, and again after it was given back", () => {
  const unlock = lockFolder(lock);
  expect(() => lockFolder(lock)).toThrow(FolderInUse);
  expect(() => lockFolder(lock)).toThrow(`process ${process.pid}`);
  expect(lockOwner(lock)).toBe(process.pid);
  unlock();
  expect(existsSync(lock)).toBe(false);
  lockFolder(lock)();
});

test("a living process's lock holds, a dead one's is taken over", async () => {
  const child = spawn(process.execPath, ["-e", "process.stdin.resume(); console.log('up')"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  const script = `import("${join(import.meta.dirname, "folderLock.ts")}").then(m => m.lockFolder(process.argv[1]))`;
  const { status } = spawnSync(process.execPath, ["-e", script, lock]);
  expect(status).toBe(0);
  // The owner has died without releasing the lock.
  lockFolder(lock)();
  writeFileSync(lock, `${child.pid}`);
  const isTold = existsSync(`/proc/${child.pid}/stat`);
  // Another process may have the same id by now, so the start time counts where the system reveals it.
  if (isTold) lockFolder(lock)();
  else expect(() => lockFolder(lock)).toThrow(FolderInUse);
  child.kill();
  await once(child, "exit");
});

test.each(["", "nonsense", "-1", "0", "999999999"])(
  "a lock that names nobody (%j) is taken over",
  (owner) => {
    writeFileSync(lock, owner);
    expect(lockOwner(lock)).toBeNull();
    const unlock = lockFolder(lock);
    expect(readFileSync(lock, "utf8")).toMatch(new RegExp(`^${process.pid}\\b`));
    unlock();
  },
);

test("a second start on an open database is refused, and leaves the first alone", async () => {
  const first = await openEmbedded(folder);
  await expect(openEmbedded(folder)).rejects.toThrow(FolderInUse);
  await first.exec("create table kept (id int8)");
  await first.close();
  const second = await openEmbedded(folder);
  await second.exec("insert into kept values (1)");
  await second.close();
});

test("secrets are made once, for the owner's eyes only", () => {
  const made = loadSecrets(folder);
  expect(loadSecrets(folder)).toEqual(made);
  expect(statSync(join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
  const other = loadSecrets(join(folder, "not", "there", "yet"));
  expect(other.authSecret).not.toBe(made.authSecret);
  expect(new Set(Object.values(made)).size).toBe(3);
});

test("damaged secrets are an error, never silently made anew", () => {
  writeFileSync(join(folder, "secrets.json"), "{}");
  expect(() => loadSecrets(folder)).toThrow();
  expect(readFileSync(join(folder, "secrets.json"), "utf8")).toBe("{}");
});
