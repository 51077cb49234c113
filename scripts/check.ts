/** `npm run check`: what a reader of a change need not check by eye. All run, even if one fails. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { schemaFiles } from "./schema.ts";

const tool = (file: string, ...args: string[]) => {
  const { status } = spawnSync(process.execPath, [`node_modules/${file}`, ...args], {
    stdio: "inherit",
  });
  return status === 0;
};

function types(): boolean {
  return (
    // Writes the types of the routes, which the compiler then needs.
    tool("next/dist/bin/next", "typegen") && tool("typescript/bin/tsc", "--project", ".")
  );
}

async function schemaDrift(): Promise<boolean> {
  const drifted = Object.entries(await schemaFiles())
    .filter(([file, text]) => readFileSync(file, "utf8") !== text)
    .map(([file]) => file);
  if (drifted.length > 0) {
    console.error(`Not what the migrations amount to: ${drifted.join(", ")}: run npm run schema`);
  }
  return drifted.length === 0;
}

const checks: Record<string, () => boolean | Promise<boolean>> = {
  Types: types,
  "Lint and format": () =>
    tool(
      "@biomejs/biome/bin/biome",
      "ci",
      `--colors=${process.stdout.isTTY ? "force" : "off"}`,
      ".",
    ),
  "Import boundaries": () =>
    tool("dependency-cruiser/bin/dependency-cruiser.mjs", "--output-type", "err", "."),
  "Unused code": () => tool("knip/bin/knip.js"),
  "Schema drift": schemaDrift,
};

for (const [name, check] of Object.entries(checks)) {
  const start = performance.now();
  const passed = await (async () => check())().catch((error: unknown) => {
    console.error(error);
    return false;
  });
  if (!passed) process.exitCode = 1;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${passed ? "✓" : "✗"} ${name} (${seconds} s)`);
}
