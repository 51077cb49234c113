import { spawnSync } from "node:child_process";

/** @returns npm's answer, whatever its exit code: 1 is also how it says that something could move */
export function askNpm(...args: string[]): unknown {
  const isWindows = process.platform === "win32";
  const answer = spawnSync("npm", [...args, "--json"], {
    encoding: "utf8",
    // npm says again on its error output what is in the answer.
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 64 * 1024 * 1024,
    shell: isWindows,
  });
  if (answer.error) throw answer.error;
  return JSON.parse(answer.stdout || "{}");
}
