/**
 * The build of `npm test`. It runs on a production install, which proves that everything a build needs is
 * declared as a dependency. The browser tests use its pages.
 */
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { isBuilt, stamp } from "#cli/build.ts";
import { run } from "../../../scripts/install.mjs";
import { copyBuild, makeProductionFolder } from "./productionFolder.ts";

/** Holds the stamp of the sources that were built here, and not on an install with everything. */
const proof = ".next/segue-proved";
const isProved = () =>
  existsSync(proof) && readFileSync(proof, "utf8") === readFileSync(stamp, "utf8");

if (!isBuilt() || !isProved()) process.exitCode = await buildOnProductionInstall();

async function buildOnProductionInstall(): Promise<number> {
  const folder = makeProductionFolder();
  try {
    const build = ["scripts/run.mjs", "cli/segue.ts", "build"];
    // Without this, Next would install by itself what it misses.
    const env = { ...folder.env, CI: "1" };
    const code = await run(process.execPath, build, { cwd: folder.path, env });
    if (code !== 0) return code;
    copyBuild(folder.path, ".");
    copyFileSync(stamp, proof);
    return 0;
  } finally {
    folder.remove();
  }
}
