/**
 * `npm run trust`: whether `npm test` can be trusted. Runs it in fresh clones of this commit, one after the
 * other and some beside four busy loops, until ten in a row were green, three of them loaded. It ends at the
 * first red run. It works in the background, can be stopped at any time, and continues where it was: results
 * are kept per commit in `test-results/trust/`.
 *
 * `--table` prints the results so far, of the newest runs or of `--commit`. `--stop` ends it. `--runs` and
 * `--loaded` set another goal.
 */
import { execFileSync, spawn } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  globSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { FolderInUse, lockFolder, lockOwner } from "#lib/platform/embedded/folderLock.ts";
import { isGreen, isNextLoaded, isReached, type Run, table } from "./record.ts";
import { runClone } from "./runClone.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "10" },
    loaded: { type: "string", default: "3" },
    commit: { type: "string" },
    table: { type: "boolean", default: false },
    stop: { type: "boolean", default: false },
    /** What the command starts in the background. */
    work: { type: "boolean", default: false },
  },
});

function fail(line: string): never {
  console.error(line);
  process.exit(1);
}

function count(name: "runs" | "loaded"): number {
  const number = Number(values[name]);
  return Number.isInteger(number) && number >= 0 ? number : fail(`--${name} is a whole number`);
}

const goal = { runs: count("runs"), loaded: count("loaded") };
const root = join("test-results", "trust");
const lock = join(root, "lock");
const resultsOf = (name: string) => join(root, name, "runs.jsonl");

function named(revision: string): string {
  try {
    const stdio: ["ignore", "pipe", "ignore"] = ["ignore", "pipe", "ignore"];
    const args = ["rev-parse", "--short=12", "--verify", `${revision}^{commit}`];
    return execFileSync("git", args, { encoding: "utf8", stdio }).trim();
  } catch {
    return fail(`There is no commit ${revision} here.`);
  }
}

/** @returns the commit whose clones ran last */
const newest = (): string | undefined =>
  globSync(resultsOf("*"))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
    .map((file) => basename(dirname(file)))[0];

const commit =
  (values.table && !values.commit ? newest() : undefined) ?? named(values.commit ?? "HEAD");
const folder = join(root, commit);
const results = resultsOf(commit);

function runs(): Run[] {
  if (!existsSync(results)) return [];
  return readFileSync(results, "utf8")
    .split("\n")
    .flatMap((line) => {
      try {
        return line === "" ? [] : [JSON.parse(line) as Run];
      } catch {
        // A line that was cut off, with the process that wrote it.
        return [];
      }
    });
}

async function work(): Promise<void> {
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    process.on(signal, () => stop.abort());
  }
  const unlock = lockFolder(lock);
  try {
    while (!stop.signal.aborted && !isReached(runs(), goal)) {
      const log = join(folder, `run-${runs().length + 1}.log`);
      let isRed = false;
      await runClone(commit, isNextLoaded(runs(), goal), log, stop.signal, (run) => {
        isRed = !isGreen(run);
        // On a line of its own, whatever the one before came to.
        appendFileSync(results, `\n${JSON.stringify(run)}\n`);
      });
      if (isRed) break;
    }
  } finally {
    unlock();
  }
}

function begin(): void {
  mkdirSync(folder, { recursive: true });
  const output = openSync(join(folder, "trust.log"), "a");
  const goals = ["--runs", values.runs, "--loaded", values.loaded];
  const args = [import.meta.filename, "--work", "--commit", commit, ...goals];
  // The command ends at once; its launcher's end is not to be ours.
  const { SEGUE_LAUNCHER: _, ...env } = process.env;
  const child = spawn(process.execPath, args, {
    detached: true,
    stdio: ["ignore", output, output],
    env,
  });
  child.unref();
  console.log(
    `Process ${child.pid} works on ${commit} in the background; \`npm run trust -- --table\` shows how far it is.`,
  );
}

if (values.work) {
  await work().catch((error: unknown) => {
    // Two were started at the same moment; the other one is at it.
    if (!(error instanceof FolderInUse)) throw error;
  });
} else if (values.stop) {
  const pid = lockOwner(lock);
  if (pid !== null) process.kill(pid, "SIGTERM");
  console.log(
    pid === null
      ? "Nothing is running."
      : `Process ${pid} ends, and removes its clone; what it has finished is kept.`,
  );
} else {
  const pid = lockOwner(lock);
  console.log(runs().length > 0 ? `${commit}\n\n${table(runs())}\n` : `${commit}: no run yet`);
  if (pid !== null) console.log(`Process ${pid} is at it.`);
  else if (!values.table && isReached(runs(), goal)) console.log("Nothing is left to do.");
  else if (!values.table) begin();
}
