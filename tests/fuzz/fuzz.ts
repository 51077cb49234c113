/**
 * `npm run fuzz -- --seed 1 --requests 20000`: requests against the built and started app, valid ones and what
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

async function main(seed: number): Promise<number> {
  if ((await build()) !== 0) throw new Error("The build failed");
  const removeTemplate = await makeTemplate();
  const server = values.postgres ? await startPostgres() : null;
  const databaseUrl = await server?.create("segue_fuzz");
  const app = await startApp({ ...settings, ...(databaseUrl && { databaseUrl }) });
  try {
    await withoutPlan(app);
    const begun = performance.now();
    let shown = 0;
    const report = await play(app, {
      seed,
      requests: Number(values.requests),
      only: values.only === undefined ? undefined : Number(values.only),
      onProgress: ({ findings }) => {
        for (; shown < findings.length; shown++) console.log(findings[shown]);
      },
    });
    for (; shown < report.findings.length; shown++) console.log(report.findings[shown]);
    console.log(JSON.stringify(report.statuses));
    console.log(summary(seed, report));
    console.log(`in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
    return report.findings.length === 0 ? 0 : 1;
  } finally {
    await app.stop();
    await server?.stop();
    removeTemplate();
  }
}

process.exitCode = await main(Number(values.seed));
