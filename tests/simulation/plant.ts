/**
 * Plants a bug: changes the product's own source in one place as this process loads it. Nothing in the
 * product knows of this.
 */
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import type { Bug } from "./bugs/bug.ts";

/** @throws if the source no longer contains what the bug replaces; then the bug has to be rewritten */
export function assertFits(bug: Bug): void {
  for (const { file, from } of bug.changes) {
    const times = readFileSync(file, "utf8").split(from).length - 1;
    if (times !== 1) throw new Error(`${bug.name}: "${from}" stands ${times} times in ${file}`);
  }
}

/** @throws as `assertFits` does */
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
