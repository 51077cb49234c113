/** Runs before the browser tests: builds the pages from the current sources and makes a database. */
import { build } from "#cli/build.ts";
import { makeTemplate } from "./databases/template.ts";

export default async function setup(): Promise<() => void> {
  if ((await build()) !== 0) throw new Error("The build failed");
  return makeTemplate();
}
