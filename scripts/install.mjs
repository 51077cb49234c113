/**
 * Makes a fresh clone ready: installs what package-lock.json lists unless it is installed already, and finds
 * the Node.js that Segue runs on. Uses no dependency, and no syntax that Node.js 20 lacks.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Hindered } from "./hindered.mjs";
import { groupsFor, isWhole } from "./whole.mjs";

export const root = fileURLToPath(new URL("..", import.meta.url));
const modules = join(root, "node_modules");
const bin = join(modules, ".bin");
const installedLock = join(modules, ".package-lock.json");
const NODE_NEEDED = 26;

/** In milliseconds. Whoever waits for a first installation wants to see that it goes on. */
const TELL_EVERY_MS = 15_000;

/**
 * Runs `npm ci` unless node_modules already has everything that the purpose needs, whoever installed it.
 * @param {"production" | "development"} purpose to run Segue, or to work on it
 */
export async function install(purpose) {
  const installed = readInstalled();
  const lock = readLock();
  if (installed && isWhole(lock, versionIn, purpose)) return;
  console.log("Installing packages (npm ci); once, a minute or two …");
  forgetInstalled();
  // Don't run the Node.js inside node_modules, because npm is about to replace it.
  const env = { ...process.env, PATH: withoutBin(process.env.PATH ?? "") };
  const quietly = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = run("npm", ["ci", ...groupsFor(purpose, installed), ...quietly], { env });
  const code = await whileTelling("Still installing …", npm);
  if (code !== 0) process.exit(code);
}

/** Says every quarter of a minute how long the work has taken. @returns what the work returns */
export async function whileTelling(what, work, say = console.log) {
  const begun = performance.now();
  const tell = () => say(`${what} ${Math.round((performance.now() - begun) / 1000)} s`);
  const timer = setInterval(tell, TELL_EVERY_MS);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}

/** @throws Hindered where no package can be installed by it */
export function readLock(folder = root) {
  const file = join(folder, "package-lock.json");
  const mend = "git checkout HEAD -- package-lock.json brings back the last one that was kept.";
  if (!existsSync(file)) throw new Hindered(`package-lock.json is missing. ${mend}`);
  const lock = readJson(file);
  if (lock?.packages?.[""]) return lock;
  throw new Hindered(
    `package-lock.json can't be read: it is damaged, or a merge left its marks in it. ${mend}`,
  );
}

/** An installation that is cut off from here on isn't taken for a whole one. */
export function forgetInstalled(folder = modules) {
  if (existsSync(folder) && !statSync(folder).isDirectory()) {
    throw new Hindered("node_modules isn't a folder. Delete it, then try again.");
  }
  rmSync(join(folder, ".package-lock.json"), { force: true });
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

/**
 * The Node.js to run Segue with: the packaged one, or the current one where none is packaged.
 * @throws Hindered where neither will do
 */
export function nodePath(folder = root, { platform, arch, versions, execPath } = process) {
  const name = `node-${platform === "win32" ? "win" : platform}-${arch}`;
  const { optionalDependencies = {} } = readJson(join(folder, "package.json")) ?? {};
  const isPackaged = Object.hasOwn(optionalDependencies, name);
  const program = platform === "win32" ? "node.exe" : "node";
  const packaged = join(folder, "node_modules", name, "bin", program);
  // The file counts, not the folder: where a download was cut off, only the folder is there.
  if (isPackaged && existsSync(packaged)) return packaged;
  if (Number.parseInt(versions.node, 10) >= NODE_NEEDED) return execPath;
  const mend = isPackaged
    ? `node_modules/${name}, which holds one, isn't whole. Delete node_modules, then try again.`
    : `none is packaged for ${platform} on ${arch}. Install it (see .nvmrc), then try again.`;
  throw new Hindered(`Segue needs Node.js ${NODE_NEEDED}; this is ${versions.node}, and ${mend}`);
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
 * @throws Hindered where it can't be run
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
      const what = error.code === "ENOENT" ? "isn't there, or not on the PATH" : "can't be run";
      reject(
        new Hindered(`${program} ${what} (${error.message}). Install it, then try again.`, {
          cause: error,
        }),
      );
    });
    child.once("exit", (code, signal) => {
      stopForwarding();
      resolve(code ?? 128 + (signals[signal] ?? 9));
    });
  });
}
