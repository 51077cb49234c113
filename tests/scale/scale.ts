/**
 * `npm run scale`: what each verb costs in a database with a million lessons, beside one with three thousand, in pages
 * (8 KB) of PostgreSQL. It says what grew more than it may, and takes some minutes. `--lessons 100000` sets another size.
 */
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { lessons: { type: "string", default: "1000000" } } });

// The test fills the databases, so the test's runner runs it here, too.
const { status } = spawnSync(
  process.execPath,
  ["node_modules/vitest/vitest.mjs", "run", "--project", "postgres", "tests/scale/"],
  { stdio: "inherit", env: { ...process.env, SCALE_LESSONS: values.lessons } },
);
process.exit(status ?? 1);
