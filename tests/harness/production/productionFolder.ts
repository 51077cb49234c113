/**
 * Makes a folder as `npm ci --omit=dev --legacy-peer-deps` does on a server, but without the network: the
 * project's files and the packages needed at run time. It stands outside the project, because Node.js would
 * otherwise find the project's other packages in a parent folder.
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
import { delimiter, join, resolve } from "node:path";
import { markFolder, sweepFolders } from "#tests/harness/tempFolders.ts";
import { neededFolders } from "../../../scripts/whole.mjs";

export interface ProductionFolder {
  path: string;
  /** The environment for programs in the folder. Nothing in it leads back to the project. */
  env: NodeJS.ProcessEnv;
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
  installIn(path);
  return { path, env: environment(), remove: () => rmSync(path, { recursive: true, force: true }) };
}

function installIn(path: string): void {
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
  const folders = neededFolders(lock, "production");
  const isNear = statSync(path).dev === statSync("node_modules").dev;
  for (const folder of folders) place(folder, join(path, folder), isNear ? linkSync : copyFileSync);
  const packages = Object.fromEntries(folders.map((folder) => [folder, lock.packages[folder]]));
  writeFileSync(
    join(path, "node_modules/.package-lock.json"),
    JSON.stringify({ ...lock, packages }),
  );
}

function place(from: string, to: string, file: typeof linkSync): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.isFile()) file(join(from, entry.name), join(to, entry.name));
    // A package's own node_modules holds separate packages, each needed or not by itself.
    else if (entry.name !== "node_modules")
      place(join(from, entry.name), join(to, entry.name), file);
  }
}

function environment(): NodeJS.ProcessEnv {
  const { PATH = "", HOME, TMPDIR } = process.env;
  const elsewhere = PATH.split(delimiter).filter((entry) => !entry.startsWith(resolve(".")));
  return { PATH: elsewhere.join(delimiter), HOME, TMPDIR, NODE_ENV: "production" };
}

/** Copies the built pages of one folder to another. They refer to their packages by relative links. */
export function copyBuild(from: string, to: string): void {
  const namesIn = (build: string) =>
    readdirSync(build).filter((name) => name !== "cache" && name !== "dev");
  const [built, target] = [join(from, ".next"), join(to, ".next")];
  mkdirSync(target, { recursive: true });
  for (const name of namesIn(target)) rmSync(join(target, name), { recursive: true });
  for (const name of namesIn(built)) {
    cpSync(join(built, name), join(target, name), { recursive: true, verbatimSymlinks: true });
  }
}
