/**
 * A folder as `npm ci --omit=dev --legacy-peer-deps` makes it on a server, without the network: the
 * project's files, and those of its packages that running needs. It stands outside the project, or
 * Node.js would find the other packages there on its way up.
 */
import {
  copyFileSync,
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { neededFolders } from "../../scripts/whole.mjs";
import { markFolder, sweepFolders } from "./tempFolders.ts";

export interface ProductionFolder {
  path: string;
  /** Of the packages, as the lock file names them. */
  packages: string[];
  remove(): void;
}

const PREFIX = "segue-production-";

export function makeProductionFolder(): ProductionFolder {
  sweepFolders(PREFIX);
  const path = mkdtempSync(join(tmpdir(), PREFIX));
  markFolder(path);
  const notCloned = [".git", ...readFileSync(".gitignore", "utf8").split(/[\n/]+/)];
  for (const name of readdirSync(".").filter((entry) => !notCloned.includes(entry))) {
    cpSync(name, join(path, name), { recursive: true });
  }
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
  const packages = neededFolders(lock, "production");
  const isNear = statSync(path).dev === statSync("node_modules").dev;
  for (const folder of packages) place(folder, join(path, folder), isNear ? linkSync : copyFileSync);
  const installed = Object.fromEntries(packages.map((folder) => [folder, lock.packages[folder]]));
  writeFileSync(
    join(path, "node_modules/.package-lock.json"),
    JSON.stringify({ ...lock, packages: installed }),
  );
  return { path, packages, remove: () => rmSync(path, { recursive: true, force: true }) };
}

function place(from: string, to: string, file: typeof linkSync): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.isFile()) file(join(from, entry.name), join(to, entry.name));
    // What lies in a package's own node_modules is a package by itself, needed or not.
    else if (entry.name !== "node_modules") place(join(from, entry.name), join(to, entry.name), file);
  }
}
