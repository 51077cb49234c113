/** Before the tests in the browser: the pages are built from the sources as they are, and a database is made. */
import { build } from "#cli/build.ts";
import { makeTemplate } from "./template.ts";

export default async function setup(): Promise<() => void> {
  if ((await build()) !== 0) throw new Error("The build failed");
  return makeTemplate();
}
