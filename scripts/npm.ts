import { spawnSync } from "node:child_process";

/** @returns npm's answer, whatever its exit code; npm also exits with 1 to say that something is outdated */
export function askNpm(...args: string[]): unknown {
  const isWindows = process.platform === "win32";
  const answer = spawnSync("npm", [...args, "--json"], {
    encoding: "utf8",
    // npm repeats on its error output what the answer already contains.
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 64 * 1024 * 1024,
    shell: isWindows,
  });
  if (answer.error) throw answer.error;
  return JSON.parse(answer.stdout || "{}");
}
