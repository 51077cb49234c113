/** The folder in which an embedded installation keeps everything: `DATA_DIR`. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
    mkdirSync(dataDir, { recursive: true });
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
 * Takes the folder's database for this process.
 * @returns a function that gives it back
 * @throws FolderInUse, ConfigError
 */
export const lockDataFolder = (dataDir: string): (() => void) =>
  inDataFolder(dataDir, () => lockFolder(lockOf(dataDir)));

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
