/**
 * `npm run simulate -- --seeds 200 --from 1`: tutors, students and faults of every kind on the real verbs,
 * many times over. It prints what was reached; a seed that fails prints itself and its schedule. `--planted`
 * plants one bug that must be caught, `--teeth` plants each of them, first with the seed that showed it last, `--clicks 0.2` has students follow their
 * links, `--first` stops at the first violation, and `--twice` plays each seed a second time. `--cover` also prints the
 * few seeds that reach everything together, for `rareSeeds` in `simulation.test.ts`.
 */
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { bugs } from "./bugs.ts";
import { cover, reach } from "./cover.ts";
import { Report } from "./report.ts";
import type { Share } from "./runner.ts";
import type { Played } from "./world/play.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "200" },
    from: { type: "string", default: "1" },
    threads: { type: "string", default: "2" },
    clicks: { type: "string", default: "0" },
    planted: { type: "string" },
    teeth: { type: "boolean", default: false },
    first: { type: "boolean", default: false },
    twice: { type: "boolean", default: false },
    cover: { type: "boolean", default: false },
  },
});
const from = Number(values.from);
const seeds = Number(values.seeds);
const reached: ReturnType<typeof reach>[] = [];

/** Plays all seeds, or as many as it takes to find a violation. */
async function run(
  bug: string | null,
  stopAtFirst: boolean,
  { first, count } = { first: from, count: seeds },
): Promise<Report> {
  const report = new Report();
  const threads = Array.from({ length: Math.min(Number(values.threads), count) }, (_, i) => {
    const share: Share = {
      from: first + i,
      to: first + count - 1,
      step: Number(values.threads),
      clicks: Number(values.clicks),
      bug,
      twice: values.twice,
    };
    const { pathname } = new URL("runner.ts", import.meta.url);
    return new Worker(pathname, { workerData: share });
  });
  const note = (played: Played) => {
    report.add(played);
    if (values.cover) reached.push(reach(played));
    if (report.seeds % 500 === 0) console.log(report.lines()[0]);
    if (played.violation === null) return;
    if (!values.teeth) show(played);
    if (stopAtFirst) for (const one of threads) void one.terminate();
  };
  const ended = (thread: Worker) =>
    new Promise<void>((resolve, reject) => {
      thread.once("error", reject).once("exit", () => resolve());
      thread.on("message", note);
    });
  await Promise.all(threads.map(ended));
  return report;
}

function show({ seed, hash, steps, violation, log }: Played): void {
  console.log(`\nSeed ${seed} (${hash}, ${steps} steps): ${violation ?? "no violation"}`);
  console.log(log.join("\n"));
}

async function bite(): Promise<boolean> {
  let missed = 0;
  for (const { name, seed } of bugs) {
    const first = (seed && (await shown(name, { first: seed, count: 1 }))) || (await hunted(name));
    if (!first) missed += 1;
    console.log(
      first
        ? `caught at seed ${first.seed}: ${name}\n    ${first.violation?.split("\n")[0]}`
        : `MISSED in ${seeds} seeds: ${name}`,
    );
  }
  console.log(`${bugs.length} planted, ${bugs.length - missed} caught, ${missed} missed`);
  return missed === 0;
}

async function hunted(name: string): Promise<Played | null> {
  const last = from + seeds - 1;
  for (let first = from; first <= last; ) {
    const report = await run(name, true, { first, count: last - first + 1 });
    const [found] = report.violations;
    if (!found) return null;
    if (await isSound(found.seed)) return found;
    first = found.seed + 1;
  }
  return null;
}

async function shown(name: string, of: { first: number; count: number }): Promise<Played | null> {
  const [found] = (await run(name, true, of)).violations;
  return found && (await isSound(found.seed)) ? found : null;
}

/** A seed that fails without the bug, too, shows nothing of it. */
async function isSound(seed: number): Promise<boolean> {
  const { violations } = await run(null, true, { first: seed, count: 1 });
  if (violations.length > 0) console.log(`Seed ${seed} fails by itself`);
  return violations.length === 0;
}

async function prove(): Promise<boolean> {
  const begun = performance.now();
  const report = await run(values.planted ?? null, values.first);
  for (const line of report.lines()) console.log(line);
  const seconds = (performance.now() - begun) / 1000;
  if (values.cover) console.log(`Together they reach it all: ${cover(reached).join(", ")}`);
  console.log(`Seeds ${from} to ${from + seeds - 1}, in ${seconds.toFixed(0)} s`);
  return report.violations.length === 0;
}

process.exitCode = (await (values.teeth ? bite() : prove())) ? 0 : 1;
