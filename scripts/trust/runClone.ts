/** Runs one `npm test` in a fresh clone, alone or beside four busy loops. */
import { execFileSync, spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import type { Run } from "./record.ts";

const BUSY_LOOPS = 4;

/**
 * @param logFile receives everything that the run prints
 * @param stop ends the run, its processes and its clone
 */
export async function runClone(
  commit: string,
  loaded: boolean,
  logFile: string,
  stop: AbortSignal,
): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), "segue-trust-"));
  const clone = join(folder, "segue");
  const loops = loaded ? Array.from({ length: BUSY_LOOPS }, busyLoop) : [];
  try {
    execFileSync("git", ["clone", "--quiet", process.cwd(), clone]);
    execFileSync("git", ["checkout", "--quiet", "--detach", commit], { cwd: clone });
    const begun = performance.now();
    const log = await test(clone, logFile, stop);
    return { loaded, seconds: (performance.now() - begun) / 1000, ...outcome(clone, log) };
  } finally {
    for (const loop of loops) loop.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

const busyLoop = () => spawn(process.execPath, ["-e", "for(;;);"], { stdio: "ignore" });

/** @returns the output; its last line says whether the run succeeded */
async function test(clone: string, logFile: string, stop: AbortSignal): Promise<string> {
  // The same conditions as for somebody who has just cloned it: none of our variables in the environment.
  const { PATH, HOME, TMPDIR, CHROMIUM_PATH } = process.env;
  const given = { PATH: outside(PATH), HOME, TMPDIR, CHROMIUM_PATH, CI: "true" };
  const env = given as Record<string, string | undefined> as NodeJS.ProcessEnv;
  const child = spawn("npm", ["test"], { cwd: clone, env, stdio: ["ignore", "pipe", "pipe"] });
  const end = () => child.kill("SIGTERM");
  stop.addEventListener("abort", end, { once: true });
  const file = createWriteStream(logFile);
  child.stdout.pipe(file, { end: false });
  child.stderr.pipe(file, { end: false });
  await new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => resolve());
  });
  stop.removeEventListener("abort", end);
  file.end();
  await finished(file);
  stop.throwIfAborted();
  return readFileSync(logFile, "utf8");
}

/** Removes this checkout's programs from the path, which would hide those of the clone. */
const outside = (path = "") =>
  path
    .split(":")
    .filter((folder) => !folder.startsWith(process.cwd()))
    .join(":");

function outcome(clone: string, log: string): Omit<Run, "loaded" | "seconds"> {
  const [, passed, failed] = /(\d+) passed, (\d+) failed\s*$/.exec(log) ?? [];
  if (passed === undefined || failed === undefined) {
    return { passed: 0, failed: 1, what: ["ended without its last line"] };
  }
  const tests = [...failedUnits(clone), ...failedInBrowser(clone)];
  const step = /^── (.+): FAILED/m.exec(log)?.[1];
  const what = tests.length > 0 || !step ? tests : [`the step “${step}”`];
  return { passed: Number(passed), failed: Number(failed), what };
}

const report = (clone: string, name: string): unknown => {
  const file = join(clone, "test-results", name);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
};

function failedUnits(clone: string): string[] {
  const { testResults = [] } = report(clone, "vitest.json") as {
    testResults?: {
      assertionResults: { status: string; fullName: string }[];
      status: string;
      name: string;
    }[];
  };
  return testResults.flatMap(({ assertionResults, status, name }) => {
    const failed = assertionResults.filter((one) => one.status === "failed");
    if (failed.length === 0 && status === "failed") return [name.split("/").at(-1) ?? name];
    return failed.map(({ fullName }) => fullName);
  });
}

interface Suite {
  specs?: { ok: boolean; title: string }[];
  suites?: Suite[];
}

function failedInBrowser(clone: string): string[] {
  const titles = ({ specs = [], suites = [] }: Suite): string[] => [
    ...specs.filter(({ ok }) => !ok).map(({ title }) => title),
    ...suites.flatMap(titles),
  ];
  return titles(report(clone, "playwright.json") as Suite);
}
