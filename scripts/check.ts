/**
 * `npm run check`: what a reviewer of a change need not check by eye. All checks run side by side, even if
 * one fails.
 */
import { spawn } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { schemaFiles } from "./schema.ts";
import { outOfPlace } from "./structure.ts";

interface Outcome {
  passed: boolean;
  said: string;
}

const tool = (file: string, ...args: string[]) => program(`node_modules/${file}`, ...args);

/** Collects what it prints, because others print at the same time. */
function program(file: string, ...args: string[]): Promise<Outcome> {
  const child = spawn(process.execPath, [file, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  }
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ passed: false, said: String(error) }));
    child.on("close", (code) => resolve({ passed: code === 0, said }));
  });
}

async function types(): Promise<Outcome> {
  // Generates the types of the routes, which the compiler then needs.
  const routes = await tool("next/dist/bin/next", "typegen");
  return routes.passed ? tool("@typescript/native/bin/tsc", "--project", ".") : routes;
}

async function schemaDrift(): Promise<Outcome> {
  const drifted = Object.entries(await schemaFiles())
    .filter(([file, text]) => readFileSync(file, "utf8") !== text)
    .map(([file]) => file);
  return {
    passed: drifted.length === 0,
    said: `Not what the migrations amount to: ${drifted.join(", ")}: run npm run schema`,
  };
}

async function structure(): Promise<Outcome> {
  const said = outOfPlace();
  return { passed: said.length === 0, said: said.join("\n") };
}

const colors = process.stdout.isTTY ? "force" : "off";
const checks: Record<string, () => Promise<Outcome>> = {
  Types: types,
  "Lint and format": () => tool("@biomejs/biome/bin/biome", "ci", `--colors=${colors}`, "."),
  "Import boundaries": () =>
    tool("dependency-cruiser/bin/dependency-cruiser.mjs", "--output-type", "err-long", "."),
  Structure: structure,
  "Unused code": () => tool("knip/bin/knip.js"),
  "Schema drift": schemaDrift,
  // `npm install --no-save supabase@3.1.0` brings them.
  ...(globSync("node_modules/@supabase/cli-*").length > 0 && {
    "Supabase's own tools": () => program("tests/hosts/supabaseCli.ts"),
  }),
};

async function run([name, check]: [string, () => Promise<Outcome>]): Promise<void> {
  const start = performance.now();
  const { passed, said } = await check().catch((error: unknown) => ({
    passed: false,
    said: String(error instanceof Error ? error.stack : error),
  }));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (!passed) {
    process.exitCode = 1;
    console.error(said);
  }
  console.log(`${passed ? "✓" : "✗"} ${name} (${seconds} s)`);
}

await Promise.all(Object.entries(checks).map(run));
