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
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { isGreen, isNextLoaded, isReached, type Run, table } from "./trust/record.ts";
import { runClone } from "./trust/runClone.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "10" },
    loaded: { type: "string", default: "3" },
    commit: { type: "string" },
    table: { type: "boolean", default: false },
    stop: { type: "boolean", default: false },
    /** Set for the process that the command starts in the background. */
    work: { type: "boolean", default: false },
  },
});

const goal = { runs: Number(values.runs), loaded: Number(values.loaded) };
const root = join("test-results", "trust");
const pidFile = join(root, "pid");
const resultsOf = (name: string) => join(root, name, "runs.jsonl");

const named = (revision: string) =>
  execFileSync("git", ["rev-parse", "--short=12", revision], { encoding: "utf8" }).trim();

/** @returns the commit whose clones ran last */
const newest = (): string | undefined =>
  globSync(resultsOf("*"))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
    .map((file) => basename(dirname(file)))[0];

const commit =
  (values.table && !values.commit ? newest() : undefined) ?? named(values.commit ?? "HEAD");
const folder = join(root, commit);
const results = resultsOf(commit);

const runs = (): Run[] =>
  existsSync(results)
    ? readFileSync(results, "utf8")
        .trim()
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Run)
    : [];

/** @returns the id of the process that runs now, for any commit; null where none does */
function worker(): number | null {
  if (!existsSync(pidFile)) return null;
  const pid = Number(readFileSync(pidFile, "utf8"));
  try {
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    return null;
  }
}

async function work(): Promise<void> {
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const)
    process.on(signal, () => stop.abort());
  writeFileSync(pidFile, `${process.pid}`);
  try {
    while (!isReached(runs(), goal)) {
      const number = runs().length + 1;
      const log = join(folder, `run-${number}.log`);
      const run = await runClone(commit, isNextLoaded(runs(), goal), log, stop.signal);
      appendFileSync(results, `${JSON.stringify(run)}\n`);
      if (!isGreen(run)) break;
    }
  } finally {
    rmSync(pidFile, { force: true });
  }
}

function begin(): void {
  mkdirSync(folder, { recursive: true });
  const output = openSync(join(folder, "trust.log"), "a");
  const args = [
    import.meta.filename,
    "--work",
    "--commit",
    commit,
    "--runs",
    values.runs,
    "--loaded",
    values.loaded,
  ];
  // The command ends at once, and the end of its launcher must not end the new process.
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

if (values.work) await work();
else if (values.stop) {
  const pid = worker();
  if (pid !== null) process.kill(pid, "SIGTERM");
  console.log(
    pid === null ? "Nothing is running." : `Process ${pid} ends; what it has finished is kept.`,
  );
} else {
  const pid = worker();
  if (runs().length > 0) console.log(`${commit}\n\n${table(runs())}\n`);
  if (pid !== null) console.log(`Process ${pid} is at it.`);
  else if (!values.table && isReached(runs(), goal)) console.log("Nothing is left to do.");
  else if (!values.table) begin();
}
