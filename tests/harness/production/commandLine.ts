/** `segue …` in a process of its own, as an operator runs it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect } from "vitest";

export interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  /** Asks the process to stop. */
  stop(): void;
  /** Waits until these words were written to standard output. */
  written(words: string): Promise<void>;
  ended: Promise<Ended>;
}

/** @param env all that the process has; nothing is taken over from this one */
export function startSegue(
  args: string[],
  env: NodeJS.ProcessEnv | Record<string, string>,
): Running {
  const child = spawn(process.execPath, ["cli/segue.ts", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...env, NODE_ENV: "test" },
  });
  let stdout = "";
  child.stdout.on("data", (part) => {
    stdout += part;
  });
  const end = async () => {
    const [stderr, [status]] = await Promise.all([
      text(child.stderr),
      once(child, "exit"),
      once(child.stdout, "end"),
    ]);
    return { status, stdout, stderr } as Ended;
  };
  return {
    stop: () => void child.kill("SIGTERM"),
    written: (words) => expect.poll(() => stdout).toContain(words),
    ended: end(),
  };
}

/** @param until the process is asked to stop when it has written this */
export async function runSegue(
  args: string[],
  env: Record<string, string>,
  until?: string,
): Promise<Ended> {
  const { stop, written, ended } = startSegue(args, env);
  // One that ends before it has written this has failed, which the caller sees by how it ended.
  if (until) {
    await Promise.race([written(until), ended]);
    stop();
  }
  return ended;
}
