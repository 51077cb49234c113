/**
 * `npm test`: everything that must hold before a change is done, with a sample of what takes long
 * (`tests/harness/extent.ts`); with `--whole` all of it. Stops at the first step that fails.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findChromium, installChromium } from "./chromium.mjs";
import { inOneLine } from "./hindered.mjs";
import { install, nodePath, root, run, toolEnv } from "./install.mjs";

const reports = {
  vitest: "test-results/vitest.json",
  playwright: "test-results/playwright.json",
};

const isWhole = process.argv.includes("--whole");

const node =
  (...args) =>
  () =>
    run(nodePath(), args, { env: toolEnv() });

const steps = [
  ["Install", () => install("development")],
  ["Chromium", installChromium],
  ["Check", node("scripts/check.ts")],
  [
    "Unit and database tests",
    node(
      "node_modules/vitest/vitest.mjs",
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${reports.vitest}`,
      ...(isWhole ? [] : ["--tags-filter=!whole"]),
    ),
  ],
  ["Build on a production install", node("tests/harness/production/productionBuild.ts")],
  ["Tests in the browser", node("node_modules/@playwright/test/cli.js", "test")],
];

/** @returns how many tests passed and failed, from the reports that exist */
function count() {
  const read = (file) =>
    existsSync(join(root, file)) ? JSON.parse(readFileSync(join(root, file), "utf8")) : {};
  const { numPassedTests = 0, numFailedTests = 0 } = read(reports.vitest);
  const { expected = 0, unexpected = 0, flaky = 0 } = read(reports.playwright).stats ?? {};
  return { passed: numPassedTests + expected, failed: numFailedTests + unexpected + flaky };
}

process.chdir(root);
if (isWhole) process.env.TEST_EXTENT = "whole";
for (const file of Object.values(reports)) rmSync(file, { force: true });

let exitCode = 0;
for (const [name, step] of steps) {
  console.log(`\n── ${name}`);
  const start = performance.now();
  exitCode = await inOneLine(step);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`── ${name}: ${exitCode === 0 ? "ok" : "FAILED"}, ${seconds} s`);
  if (name === "Chromium") process.env.CHROMIUM_PATH = findChromium();
  if (exitCode !== 0) break;
}
const { passed, failed } = count();
// A step can fail without a failed test (a type error, a file that doesn't load), and that counts too.
console.log(`\n${passed} passed, ${exitCode === 0 ? failed : Math.max(failed, 1)} failed`);
process.exit(exitCode);
