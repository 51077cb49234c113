/**
 * Plants a bug: the product's own source, changed in one place as it is loaded by this process. Nothing
 * in the product knows of it.
 */
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import type { Bug } from "./bugs.ts";

/** @throws where the source isn't as the bug says: then the bug has to be written anew */
export function assertFits(bug: Bug): void {
  for (const { file, from } of bug.changes) {
    const times = readFileSync(file, "utf8").split(from).length - 1;
    if (times !== 1) throw new Error(`${bug.name}: "${from}" stands ${times} times in ${file}`);
  }
}

/** @throws as `assertFits` */
export function plant(bug: Bug): void {
  assertFits(bug);
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const changes = bug.changes.filter(({ file }) => isFile(url, file));
      if (changes.length === 0) return loaded;
      const source = readFileSync(fileURLToPath(url), "utf8");
      return {
        ...loaded,
        source: changes.reduce((text, { from, to }) => text.replace(from, () => to), source),
      };
    },
  });
}

const isFile = (url: string, file: string): boolean =>
  url.startsWith("file:") && fileURLToPath(url).endsWith(`/${file}`);
