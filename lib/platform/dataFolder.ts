/** The folder in which an embedded installation keeps everything: `DATA_DIR`. */
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { ConfigError } from "./configError.ts";
import { lockFolder, lockOwner } from "./folderLock.ts";
import { reasonOf } from "./reason.ts";

/**
 * Runs `work` in the folder, which it makes first.
 * @throws ConfigError where the file system refuses
 */
export function inDataFolder<T>(dataDir: string, work: () => T): T {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return work();
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new ConfigError(
      `DATA_DIR: ${dataDir} can't be used (${reasonOf(error)}). It must be a folder that Segue may read and write: mend that, or set another one.`,
      { cause: error },
    );
  }
}

const lockOf = (dataDir: string) => join(dataDir, "db.lock");
const addressOf = (dataDir: string) => join(dataDir, "address");

/**
 * Takes the folder's database for this process, and takes the folder's contents away from all other users of
 * the machine: earlier versions left them open, and the embedded database opens each file that it makes.
 * @returns a function that gives it back
 * @throws FolderInUse, ConfigError
 */
export const lockDataFolder = (dataDir: string): (() => void) =>
  inDataFolder(dataDir, () => {
    const unlock = lockFolder(lockOf(dataDir));
    closeToOthers(dataDir);
    return unlock;
  });

/** Leaves alone what belongs to another user: a mounted folder may, and only its owner can change its mode. */
function closeToOthers(path: string): void {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat || stat.isSymbolicLink()) return;
  if ((stat.mode & 0o077) !== 0 && stat.uid === process.getuid?.()) {
    chmodSync(path, stat.mode & 0o700);
  }
  if (!stat.isDirectory()) return;
  for (const name of readdirSync(path)) closeToOthers(join(path, name));
}

/**
 * Commands find the running Segue by this address, whatever its port. Call it only while holding the lock.
 * @returns a function that takes the address back
 */
export const tellAddress = (dataDir: string, url: string): (() => void) =>
  inDataFolder(dataDir, () => {
    writeFileSync(addressOf(dataDir), url);
    return () => rmSync(addressOf(dataDir), { force: true });
  });

/** @returns where the Segue that has this folder open answers; null where none has, or it only starts */
export function toldAddress(dataDir: string): string | null {
  if (lockOwner(lockOf(dataDir)) === null) return null;
  try {
    return readFileSync(addressOf(dataDir), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
