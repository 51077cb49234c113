/**
 * `npm run fuzz -- --seed 1 --seeds 3 --requests 20000`: requests against the built and started app, valid ones and what
 * can be made of them, as many people. It prints how many got past the rules for input, and each finding with
 * its seed, its number and a line for a shell. `--only 123` sends that one request alone; `--requests 124` plays
 * everything up to it again. `--postgres` uses a PostgreSQL instead of the embedded database.
 */
import { parseArgs } from "node:util";
import { build } from "#cli/build.ts";
import { startApp } from "#tests/harness/app.ts";
import { startPostgres } from "#tests/harness/databases/postgresServer.ts";
import { makeTemplate } from "#tests/harness/databases/template.ts";
import { play, type Report } from "./play.ts";
import { settings, withoutPlan } from "./settings.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    seeds: { type: "string", default: "1" },
    requests: { type: "string", default: "20000" },
    only: { type: "string" },
    postgres: { type: "boolean", default: false },
  },
});

const percent = (part: number, whole: number) =>
  `${((100 * part) / Math.max(whole, 1)).toFixed(1)} %`;

function summary(seed: number, { requests, past, done, findings }: Report): string {
  return [
    `seed ${seed}: ${requests} requests`,
    `${percent(past, requests)} past the rules for input`,
    `${percent(done, requests)} answered with what was asked for`,
    `${findings.length} findings`,
  ].join(", ");
}

/** On an app of its own. @returns whether nothing was found */
async function one(seed: number, databaseUrl: string | undefined): Promise<boolean> {
  const app = await startApp({ ...settings, ...(databaseUrl && { databaseUrl }) });
  try {
    await withoutPlan(app);
    const begun = performance.now();
    let shown = 0;
    const show = ({ findings }: Report) => {
      for (; shown < findings.length; shown++) console.log(findings[shown]);
    };
    const report = await play(app, {
      seed,
      requests: Number(values.requests),
      only: values.only === undefined ? undefined : Number(values.only),
      onProgress: show,
    });
    show(report);
    const seconds = ((performance.now() - begun) / 1000).toFixed(0);
    console.log(`answers by status: ${JSON.stringify(report.statuses)}`);
    console.log(`${summary(seed, report)}, in ${seconds} s`);
    return report.findings.length === 0;
  } finally {
    await app.stop();
  }
}

async function main(): Promise<boolean> {
  if ((await build()) !== 0) throw new Error("The build failed");
  const removeTemplate = await makeTemplate();
  const server = values.postgres ? await startPostgres() : null;
  try {
    let isClean = true;
    const from = Number(values.seed);
    for (let seed = from; seed < from + Number(values.seeds); seed++) {
      const isOneClean = await one(seed, await server?.create(`segue_fuzz_${seed}`));
      isClean = isOneClean && isClean;
    }
    return isClean;
  } finally {
    await server?.stop();
    removeTemplate();
  }
}

process.exitCode = (await main()) ? 0 : 1;
