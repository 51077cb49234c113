/** Temp folders that carry the id of the process they belong to, so a later run can clear up. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const OWNER = "owner.pid";

export const markFolder = (folder: string): void =>
  writeFileSync(join(folder, OWNER), `${process.pid}`);

/** Removes what dead processes left. A PostgreSQL whose folder is gone stops by itself. */
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
    // Anything but "no such process" (another user's, or not marked yet) is left alone.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
