/**
 * `npm run hosts`: the database tests on everything that Segue runs on: the embedded database, PostgreSQL 15 and 18, a server
 * like Supabase's, and behind a PgBouncer that keeps connections for a session or for a transaction. It prints a table.
 * `--only pg15` plays one of them, and what stands behind `--` are files, such as `-- lib/records`. PostgreSQL 15 and PgBouncer
 * are the machine's own (Debian: postgresql-15, pgbouncer); `--bin15` names the folder of the first one's programs.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string" },
    bin15: { type: "string", default: "/usr/lib/postgresql/15/bin" },
  },
});

interface Host {
  what: string;
  project: "pglite" | "postgres";
  env: Record<string, string>;
}

const hosts: Record<string, Host> = {
  embedded: { what: "PGlite, in the process", project: "pglite", env: {} },
  pg15: { what: "PostgreSQL 15", project: "postgres", env: { POSTGRES_BIN: values.bin15 } },
  pg18: { what: "PostgreSQL 18", project: "postgres", env: {} },
  supabase: { what: "like Supabase's", project: "postgres", env: { TEST_HOST: "supabase" } },
  session: { what: "PgBouncer, session", project: "postgres", env: { TEST_HOST: "session" } },
  transaction: {
    what: "PgBouncer, transaction",
    project: "postgres",
    env: { TEST_HOST: "transaction" },
  },
};

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

const folder = mkdtempSync(join(tmpdir(), "segue-hosts-"));
const rows: string[] = [];
let failed = 0;
try {
  for (const [name, host] of Object.entries(hosts)) {
    if (values.only === undefined || values.only === name) await play(name, host);
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(["| Host | passed | failed | seconds |", "| - | - | - | - |", ...rows].join("\n"));
process.exit(failed > 0 || rows.length === 0 ? 1 : 0);

async function play(name: string, { what, project, env }: Host): Promise<void> {
  console.log(`\n${what} …`);
  const begun = performance.now();
  const output = join(folder, `${name}.json`);
  const options = ["--project", project, "--reporter=json", `--outputFile=${output}`];
  await new Promise<void>((resolve) => {
    spawn(process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...options, ...positionals], {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, ...env },
    }).once("exit", () => resolve());
  });
  const seconds = Math.round((performance.now() - begun) / 1000);
  if (!existsSync(output)) {
    failed += 1;
    rows.push(`| ${what} | didn't run | | ${seconds} |`);
    return;
  }
  const told = report.parse(JSON.parse(readFileSync(output, "utf8")));
  failed += told.numFailedTests;
  for (const { name: file, assertionResults } of told.testResults) {
    for (const { fullName, status } of assertionResults) {
      if (status === "failed")
        console.log(`  ✗ ${file.slice(process.cwd().length + 1)}: ${fullName}`);
    }
  }
  rows.push(`| ${what} | ${told.numPassedTests} | ${told.numFailedTests} | ${seconds} |`);
}
