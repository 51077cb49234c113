/** Temp folders that name the process they belong to, so that a later run can remove them. */
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { identity, isAlive } from "#lib/platform/embedded/folderLock.ts";

const OWNER = "owner.pid";
/** A folder is made a moment before it is marked. One without a mark for so long has lost its process. */
const MARKED_WITHIN_MS = 24 * 60 * 60_000;

export const markFolder = (folder: string): void =>
  writeFileSync(join(folder, OWNER), identity(process.pid));

/** Removes the folders of dead processes. A PostgreSQL whose folder is gone stops by itself. */
export function sweepFolders(prefix: string): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(tmpdir(), name);
    if (!isInUse(folder)) rmSync(folder, { recursive: true, force: true });
  }
}

function isInUse(folder: string): boolean {
  try {
    const owner = ownerOf(folder);
    if (owner === "") return Date.now() - statSync(folder).mtimeMs < MARKED_WITHIN_MS;
    // A run of an earlier version may be going on beside this one. It marks its folders with the id alone.
    return isAlive(/^\d+$/.test(owner) ? identity(Number(owner)) : owner);
  } catch {
    // The folder is another user's, or another run has just removed it.
    return true;
  }
}

function ownerOf(folder: string): string {
  try {
    return readFileSync(join(folder, OWNER), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return "";
  }
}
