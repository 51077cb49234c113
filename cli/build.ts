/** Builds the pages when their sources differ from those of the last build. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const nextBin = "node_modules/next/dist/bin/next";

/** Holds the hash of the sources that the last build used. */
export const stamp = ".next/segue-sources";
const folders = [
  "app",
  "components",
  "docs/figures",
  "lib",
  "public",
  "sandbox",
  "server",
  "supabase",
];
const files = [
  "instrumentation.ts",
  "next.config.ts",
  "package-lock.json",
  "package.json",
  "postcss.config.mjs",
  "proxy.ts",
  "tsconfig.json",
];

/** Whether the last build used the current sources. */
export const isBuilt = (sources = hashSources()): boolean =>
  existsSync(stamp) && readFileSync(stamp, "utf8") === sources;

/** Idempotent. @returns the exit code of the build */
export async function build(): Promise<number> {
  const sources = hashSources();
  if (isBuilt(sources)) return 0;
  console.log("Building the pages …");
  rmSync(stamp, { force: true });
  const child = spawn(process.execPath, [nextBin, "build"], {
    env: buildEnvironment(),
    stdio: ["ignore", "inherit", "inherit"],
  });
  const end = (signal: NodeJS.Signals) => child.kill(signal);
  process.once("SIGTERM", end).once("SIGINT", end).once("SIGHUP", end);
  const code = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (exitCode) => resolve(exitCode ?? 1));
  });
  process.off("SIGTERM", end).off("SIGINT", end).off("SIGHUP", end);
  if (code === 0) writeFileSync(stamp, sources);
  return code;
}

/**
 * The variables that a build may depend on. A build is reused by later starts, so no setting may get into it.
 */
function buildEnvironment(): NodeJS.ProcessEnv {
  const kept = ["PATH", "HOME", "TMPDIR", "TEMP", "USERPROFILE", "SystemRoot", "CI", "NO_COLOR"];
  return {
    ...Object.fromEntries(kept.map((name) => [name, process.env[name]])),
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

function hashSources(): string {
  const hash = createHash("sha256");
  const inFolders = folders.filter(existsSync).flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  for (const file of [...inFolders, ...files.filter(existsSync)].sort()) {
    hash.update(`${file}\0`).update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}
