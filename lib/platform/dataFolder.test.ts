import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ConfigError } from "./configError.ts";
import { closeNewFiles, lockDataFolder, tellAddress, toldAddress } from "./dataFolder.ts";
import { openEmbedded } from "./db.ts";
import { FolderInUse, lockFolder, lockOwner } from "./embedded/folderLock.ts";
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
  const script = `import("${join(import.meta.dirname, "embedded/folderLock.ts")}").then(m => m.lockFolder(process.argv[1]))`;
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

test("no other user of the machine gets into a data folder, one of an earlier version included", async () => {
  const former = process.umask();
  closeNewFiles();
  const database = await openEmbedded(folder);
  // It would set modes of its own, also on what it makes later on.
  await database.exec("create table later as select generate_series(1, 10000)");
  await database.exec("checkpoint");
  const made = [join(folder, "db"), ...within(join(folder, "db"))];
  expect(made.filter((path) => (statSync(path).mode & 0o077) !== 0)).toEqual([]);
  await database.close();
  process.umask(former);
  loadSecrets(folder);
  for (const name of ["demo.json", "demo.json.new", "address"])
    writeFileSync(join(folder, name), "");
  for (const path of [folder, ...within(folder)]) chmodSync(path, statSync(path).mode | 0o066);
  lockDataFolder(folder)();
  const open = [folder, ...within(folder)].filter((path) => (statSync(path).mode & 0o077) !== 0);
  expect(open).toEqual([]);
  expect(within(folder).length).toBeGreaterThan(900);
});

test("what isn't Segue's in that folder, or what a link in it leads to, is left as it is", () => {
  const outside = mkdtempSync(join(tmpdir(), "segue-outside-"));
  chmodSync(outside, 0o755);
  mkdirSync(join(folder, "db"));
  symlinkSync(outside, join(folder, "db", "link"));
  mkdirSync(join(folder, "lost+found"), { mode: 0o755 });
  const link = `${outside}-link`;
  symlinkSync(folder, link);
  chmodSync(folder, 0o755);
  lockDataFolder(link)();
  expect(statSync(outside).mode & 0o777).toBe(0o755);
  expect(statSync(join(folder, "lost+found")).mode & 0o777).toBe(0o755);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  rmSync(link);
  rmSync(outside, { recursive: true });
});

test("the address that a killed process has left counts no longer once the folder is taken", () => {
  writeFileSync(join(folder, "address"), "http://127.0.0.1:1");
  const unlock = lockDataFolder(folder);
  expect(toldAddress(folder)).toBeNull();
  unlock();
});

const within = (parent: string): string[] =>
  readdirSync(parent, { recursive: true, encoding: "utf8" })
    .map((name) => join(parent, name))
    .filter((path) => !lstatSync(path).isSymbolicLink());

test("secrets are made once, for the owner's eyes only", () => {
  const made = loadSecrets(folder);
  expect(loadSecrets(folder)).toEqual(made);
  expect(statSync(join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
  const other = loadSecrets(join(folder, "not", "there", "yet"));
  expect(other.authSecret).not.toBe(made.authSecret);
  expect(new Set(Object.values(made)).size).toBe(3);
});

test.each(["", "{}", "{ not JSON, but secret"])(
  "damaged secrets (%j) end the start with one line, are never told and never made anew",
  (text) => {
    writeFileSync(join(folder, "secrets.json"), text);
    expect(refusal(() => loadSecrets(folder))).toBe(
      `DATA_DIR: ${join(folder, "secrets.json")} is damaged. Put back a copy of it, or move the whole folder away to begin anew.`,
    );
    expect(readFileSync(join(folder, "secrets.json"), "utf8")).toBe(text);
  },
);

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error("Nothing was refused");
};

test("a data folder that can't be used ends the start with one line, whatever lies in the way", () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  mkdirSync(lock);
  mkdirSync(join(folder, "secrets.json"));
  const attempts = [
    () => loadSecrets(file),
    () => loadSecrets(join(file, "below")),
    () => loadSecrets(folder),
    () => lockDataFolder(file),
    () => lockDataFolder(folder),
  ];
  for (const attempt of attempts) {
    expect(refusal(attempt)).toMatch(/^DATA_DIR: \S+ can't be used \(E[^\n]+\)\. [^\n]+\.$/);
  }
});

test("an embedded database that can't be opened ends the start with one line, and the folder is free again", async () => {
  writeFileSync(join(folder, "db"), "not a database");
  const opening = openEmbedded(folder);
  await expect(opening).rejects.toThrow(ConfigError);
  await expect(opening).rejects.toThrow(/^DATA_DIR: the database in [^\n]+$/);
  expect(lockOwner(lock)).toBeNull();
});

test("the address of a running Segue is told by its data folder, and no longer when it has gone", () => {
  expect(toldAddress(folder)).toBeNull();
  const unlock = lockDataFolder(folder);
  expect(toldAddress(folder)).toBeNull();
  const takeBack = tellAddress(folder, "http://127.0.0.1:4000");
  expect(toldAddress(folder)).toBe("http://127.0.0.1:4000");
  takeBack();
  expect(toldAddress(folder)).toBeNull();
  tellAddress(folder, "http://127.0.0.1:4001");
  unlock();
  expect(toldAddress(folder)).toBeNull();
});
