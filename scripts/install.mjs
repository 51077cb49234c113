/**
 * Makes a fresh clone ready: installs what package-lock.json lists unless it is installed already, and finds
 * the Node.js that Segue runs on. Uses no dependency, and no syntax that Node.js 20 lacks.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { groupsFor, isWhole } from "./whole.mjs";

export const root = fileURLToPath(new URL("..", import.meta.url));
const modules = join(root, "node_modules");
const bin = join(modules, ".bin");
const installedLock = join(modules, ".package-lock.json");
const NODE_NEEDED = 26;

const fits = (version = process.versions.node) => Number.parseInt(version, 10) >= NODE_NEEDED;

/**
 * Runs `npm ci` unless node_modules already has everything that the purpose needs, whoever installed it.
 * @param {"production" | "development"} purpose to run Segue, or to work on it
 */
export async function install(purpose) {
  const installed = readInstalled();
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  if (installed && isWhole(lock, versionIn, purpose)) return;
  console.log("Installing packages (npm ci); once, about half a minute …");
  rmSync(installedLock, { force: true });
  // Don't run the Node.js inside node_modules, because npm is about to replace it.
  const env = { ...process.env, PATH: withoutBin(process.env.PATH ?? "") };
  const quietly = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const code = await run("npm", ["ci", ...groupsFor(purpose, installed), ...quietly], { env });
  if (code !== 0) process.exit(code);
}

/** @returns what npm recorded as installed; null where no installation was completed */
function readInstalled() {
  const installed = readJson(installedLock);
  return installed?.packages ? installed : null;
}

const versionIn = (folder) => readJson(join(root, folder, "package.json"))?.version ?? null;

/** @returns null for a file that isn't there, or is only a part of one */
function readJson(file) {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

const withoutBin = (path) =>
  path
    .split(delimiter)
    .filter((folder) => folder !== bin)
    .join(delimiter);

/** The Node.js to run Segue with: the packaged one, or the current one where none is packaged. */
export function nodePath() {
  const packaged = ["linux", "win"].flatMap((system) =>
    ["x64", "arm64"].map((cpu) => ({
      system,
      cpu,
      folder: join(modules, `node-${system}-${cpu}`),
    })),
  );
  const mine = packaged.find(
    ({ system, cpu, folder }) =>
      process.platform.startsWith(system) && process.arch === cpu && existsSync(folder),
  );
  if (mine) return join(mine.folder, "bin", process.platform === "win32" ? "node.exe" : "node");
  if (fits()) return process.execPath;
  console.error(
    `Segue needs Node.js ${NODE_NEEDED}; this is ${process.versions.node}, and none is packaged for ` +
      `${process.platform} on ${process.arch}. Install it (see .nvmrc), then try again.`,
  );
  return process.exit(1);
}

/** The environment in which `node` and every installed tool are the project's own. */
export const toolEnv = () => ({
  ...process.env,
  PATH: [bin, withoutBin(process.env.PATH ?? "")].join(delimiter),
});

/**
 * npm passes SIGTERM only to its shell, which dies and leaves us running. We notice it because our parent
 * changes.
 */
const parent = process.ppid;
const LOOK_EVERY_MS = 500;

const signals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

/**
 * Runs a program to its end and forwards every signal to it.
 * @returns its exit code; 128 + the signal's number where a signal ended it
 */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: "inherit",
      shell: process.platform === "win32" && program === "npm",
      ...options,
    });
    const forward = (signal) => child.kill(signal);
    for (const signal of Object.keys(signals)) process.on(signal, forward);
    const watch = setInterval(() => {
      if (process.env.npm_lifecycle_event && process.ppid !== parent) forward("SIGTERM");
    }, LOOK_EVERY_MS);
    const stopForwarding = () => {
      clearInterval(watch);
      for (const signal of Object.keys(signals)) process.off(signal, forward);
    };
    child.once("error", (error) => {
      stopForwarding();
      reject(error);
    });
    child.once("exit", (code, signal) => {
      stopForwarding();
      resolve(code ?? 128 + (signals[signal] ?? 9));
    });
  });
}
