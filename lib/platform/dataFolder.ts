/** The folder in which an embedded installation keeps everything: `DATA_DIR`. */
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { ConfigError } from "./configError.ts";
import { lockFolder, lockOwner } from "./embedded/folderLock.ts";
import { codeOf, reasonOf } from "./reason.ts";

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

/**
 * Whatever this process makes from now on is for its owner alone, as `kept` then is from the first moment on. The
 * embedded database asks for no mode of its own, and a child inherits this.
 */
export const closeNewFiles = (): void => void process.umask(0o077);

const lockOf = (dataDir: string) => join(dataDir, "db.lock");
const addressOf = (dataDir: string) => join(dataDir, "address");

/**
 * Takes the folder's database for this process, and takes what Segue keeps there away from all other users of
 * the machine: earlier versions left it open, and the embedded database opens each file that it makes.
 * @returns a function that gives it back
 * @throws FolderInUse, ConfigError
 */
export const lockDataFolder = (dataDir: string): (() => void) =>
  inDataFolder(dataDir, () => {
    const unlock = lockFolder(lockOf(dataDir));
    try {
      // A process that was killed has left its address, where by now somebody else may listen.
      rmSync(addressOf(dataDir), { force: true });
      // The folder itself may be a link to another disk.
      const folder = realpathSync(dataDir);
      closeToOthers(folder);
      for (const name of kept) closeAllToOthers(join(/* turbopackIgnore: true */ folder, name));
      return unlock;
    } catch (error) {
      unlock();
      throw error;
    }
  });

/** What Segue keeps in a data folder. Whatever else lies there is somebody else's. */
const kept = [
  "db",
  "sandbox",
  "secrets.json",
  "secrets.json.new",
  "db.lock",
  "address",
  "demo.json",
  "demo.json.new",
];

function closeAllToOthers(path: string): void {
  if (!closeToOthers(path)) return;
  for (const name of readdirSync(path)) closeAllToOthers(join(path, name));
}

/** A file that has just gone, and file systems on which the mode is fixed or another user's to change. */
const unchangeable = new Set(["ENOENT", "EPERM", "EACCES", "EROFS", "ENOSYS", "ENOTSUP", "EINVAL"]);

/** Leaves links and what belongs to another user alone. @returns whether it is a folder of this user's */
function closeToOthers(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat || stat.isSymbolicLink() || stat.uid !== process.getuid?.()) return false;
  try {
    if ((stat.mode & 0o077) !== 0) chmodSync(path, stat.mode & 0o700);
  } catch (error) {
    if (!unchangeable.has(codeOf(error) ?? "")) throw error;
  }
  return stat.isDirectory();
}

/**
 * Commands find the running Segue by this address, whatever its port. Call it only while holding the lock.
 * @returns a function that takes the address back
 */
export const tellAddress = (dataDir: string, url: string): (() => void) =>
  inDataFolder(dataDir, () => {
    writeFileSync(addressOf(dataDir), url, { mode: 0o600 });
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
