/**
 * `npm run field [-- <name> …]`: plays what the field does to programs of this kind against the built and started app,
 * and prints for each case whether it went as it should. A case is named like its file in `cases/`.
 */
import { globSync } from "node:fs";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "@playwright/test";
import { build } from "#cli/build.ts";
import { startApp } from "#tests/harness/app.ts";
import { browserOptions } from "#tests/harness/browser.ts";
import { makeTemplate } from "#tests/harness/databases/template.ts";
import type { FieldCase, Outcome } from "./fieldCase.ts";

async function outcome({ options, play }: FieldCase, browser: Browser): Promise<Outcome> {
  const app = await startApp(options);
  try {
    return await play({ app, browser });
  } catch (error) {
    return { isRight: false, seen: error instanceof Error ? error.message : String(error) };
  } finally {
    await app.stop();
  }
}

/** @returns whether every case went as it should */
async function main(names: string[]): Promise<boolean> {
  const files = globSync("tests/field/cases/*/*.ts").sort();
  const isWanted = (file: string) => names.length === 0 || names.includes(basename(file, ".ts"));
  const wanted = files.filter(isWanted);
  if (wanted.length === 0) throw new Error(`There is no case ${names.join(", ")}.`);
  if ((await build()) !== 0) throw new Error("The build failed");
  const removeTemplate = await makeTemplate();
  const browser = await chromium.launch(browserOptions);
  let right = 0;
  try {
    for (const file of wanted) {
      const { fieldCase } = (await import(pathToFileURL(resolve(file)).href)) as {
        fieldCase: FieldCase;
      };
      const { isRight, seen } = await outcome(fieldCase, browser);
      if (isRight) right++;
      console.log(`${isRight ? "pass" : "FAIL"}  ${basename(file, ".ts")}: ${fieldCase.situation}`);
      console.log(`      right: ${fieldCase.right}`);
      console.log(`      seen:  ${seen}`);
    }
  } finally {
    await browser.close();
    removeTemplate();
  }
  console.log(`${right} of ${wanted.length} cases passed`);
  return right === wanted.length;
}

process.exit((await main(process.argv.slice(2))) ? 0 : 1);
