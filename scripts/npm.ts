import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { Hindered } from "./hindered.mjs";

/**
 * @returns npm's answer, whatever its exit code; npm also exits with 1 to say that something is outdated
 * @throws Hindered where npm gives none
 */
export function askNpm(...args: string[]): unknown {
  const isWindows = process.platform === "win32";
  const ended = spawnSync("npm", [...args, "--json"], {
    encoding: "utf8",
    // npm repeats on its error output what the answer already contains.
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 64 * 1024 * 1024,
    shell: isWindows,
  });
  return answerIn(ended, `npm ${args.join(" ")}`);
}

type Ended = Pick<SpawnSyncReturns<string>, "error" | "signal" | "status" | "stdout">;

/** An npm that was stopped has found nothing out, so its silence must not count as "nothing to tell". */
export function answerIn({ error, signal, status, stdout }: Ended, asked: string): unknown {
  const mend = "Try again, or run that by hand to see why.";
  if (error) {
    throw new Hindered(`${asked} can't be run (${error.message}). Is npm on the PATH?`, {
      cause: error,
    });
  }
  if (signal) throw new Hindered(`${asked} was ended by ${signal}. ${mend}`);
  try {
    return JSON.parse(stdout);
  } catch (cause) {
    const what = stdout.trim() === "" ? "gave no answer" : "gave an answer that isn't JSON";
    throw new Hindered(`${asked} ${what} (exit code ${status}). ${mend}`, { cause });
  }
}
