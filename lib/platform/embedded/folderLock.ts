/**
 * Only one process may use an embedded database folder: a second one would silently lose rows. The lock is a
 * file beside the folder that names its owner. When the owner has died, the next process takes the lock over.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";

export class FolderInUse extends Error {
  override readonly name = "FolderInUse";
}

/**
 * What a process writes where it must be told from others. Another process may have the same id by now, so
 * where the system reveals it the start time counts as well.
 */
export function identity(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return `${pid} ${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]}`;
  } catch {
    return `${pid}`;
  }
}

/** @param owner what `identity` gave */
export function isAlive(owner: string): boolean {
  const pid = Number(owner.split(" ")[0]);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  return identity(pid) === owner;
}

/** @returns the running process that holds the lock `file`, or null */
export function lockOwner(file: string): number | null {
  if (!existsSync(file)) return null;
  const owner = readFileSync(file, "utf8");
  return isAlive(owner) ? Number(owner.split(" ")[0]) : null;
}

/**
 * Takes the lock `file` for this process.
 * @returns a function that releases it
 * @throws FolderInUse when a running process holds it
 */
export function lockFolder(file: string): () => void {
  const mine = identity(process.pid);
  for (let tries = 0; tries < 3; tries++) {
    try {
      writeFileSync(file, mine, { flag: "wx", mode: 0o600 });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const owner = readFileSync(file, "utf8");
      if (isAlive(owner)) {
        const pid = owner.split(" ")[0];
        throw new FolderInUse(
          `The data folder is in use by another Segue (process ${pid}). Stop that one, or set DATA_DIR.`,
          { cause: error },
        );
      }
      rmSync(file, { force: true });
    }
  }
  throw new FolderInUse("The data folder's lock keeps changing hands. Try again.");
}
