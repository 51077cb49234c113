/** Runs one `npm test` in a fresh clone, alone or beside four busy loops. */
import { execFileSync, spawn } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { markFolder, sweepFolders } from "#tests/harness/tempFolders.ts";
import { type Ended, outcome } from "./outcome.ts";
import type { Run } from "./record.ts";

const BUSY_LOOPS = 4;
const PREFIX = "segue-trust-";
/** Far more than a loaded machine needs: whatever takes longer hangs, and that is a red run. */
const RUN_WITHIN_MS = 90 * 60_000;

/**
 * @param logFile receives everything that the run prints
 * @param stop ends the run and its processes
 * @param record is called before the clone is removed, so that nothing in the clone can lose a result
 */
export async function runClone(
  commit: string,
  loaded: boolean,
  logFile: string,
  stop: AbortSignal,
  record: (run: Run) => void,
): Promise<void> {
  sweepFolders(PREFIX);
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  markFolder(folder);
  const clone = join(folder, "segue");
  const loops = loaded ? Array.from({ length: BUSY_LOOPS }, busyLoop) : [];
  try {
    execFileSync("git", ["clone", "--quiet", process.cwd(), clone]);
    execFileSync("git", ["checkout", "--quiet", "--detach", commit], { cwd: clone });
    const begun = performance.now();
    const ended = await test(clone, logFile, stop);
    if (stop.aborted) return;
    const seconds = (performance.now() - begun) / 1000;
    const log = readFileSync(logFile, "utf8");
    const reports = { vitest: report(clone, "vitest"), playwright: report(clone, "playwright") };
    record({ loaded, seconds, ...outcome(ended, log, reports) });
  } finally {
    for (const loop of loops) loop.kill("SIGKILL");
    remove(folder);
  }
}

/** Ends by itself when this process is gone, whatever it died of. */
const busyLoop = () =>
  spawn(
    process.execPath,
    [
      "-e",
      "const parent = process.ppid; while (process.ppid === parent) for (let i = 0; i < 1e8; i++);",
    ],
    { stdio: "ignore" },
  );

async function test(clone: string, logFile: string, stop: AbortSignal): Promise<Ended> {
  // The same conditions as for somebody who has just cloned it: none of our variables in the environment.
  const { PATH, HOME, TMPDIR, CHROMIUM_PATH } = process.env;
  const given = { PATH: outside(PATH), HOME, TMPDIR, CHROMIUM_PATH, CI: "true" };
  const env = given as Record<string, string | undefined> as NodeJS.ProcessEnv;
  // A file and no pipe: something that a test leaves behind would keep a pipe open.
  const log = openSync(logFile, "w");
  const child = spawn("npm", ["test"], { cwd: clone, env, stdio: ["ignore", log, log] });
  closeSync(log);
  let isLate = false;
  const end = () => child.kill("SIGTERM");
  const guard = setTimeout(() => {
    isLate = true;
    end();
  }, RUN_WITHIN_MS);
  stop.addEventListener("abort", end, { once: true });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("exit", resolve);
  });
  clearTimeout(guard);
  stop.removeEventListener("abort", end);
  return isLate ? "late" : code;
}

/** Removes this checkout's programs from the path, which would hide those of the clone. */
const outside = (path = "") =>
  path
    .split(":")
    .filter((folder) => !`${folder}/`.startsWith(`${process.cwd()}/`))
    .join(":");

const report = (clone: string, name: string): unknown => {
  const file = join(clone, "test-results", `${name}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
};

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  } catch (error) {
    // The next run sweeps it.
    console.warn(`${folder} could not be removed: ${String(error)}`);
  }
}
