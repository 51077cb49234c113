/** Temp folders that carry the id of the process they belong to, so that a later run can remove them. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const OWNER = "owner.pid";

export const markFolder = (folder: string): void =>
  writeFileSync(join(folder, OWNER), `${process.pid}`);

/** Removes the folders of dead processes. A PostgreSQL whose folder is gone stops by itself. */
export function sweepFolders(prefix: string): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(tmpdir(), name);
    if (!ownerLives(folder)) rmSync(folder, { recursive: true, force: true });
  }
}

function ownerLives(folder: string): boolean {
  try {
    process.kill(Number(readFileSync(join(folder, OWNER), "utf8")), 0);
    return true;
  } catch (error) {
    // With any error but "no such process", the folder is left alone: its process may be another user's, or
    // it isn't marked yet.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
