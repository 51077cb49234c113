/**
 * Figures in the docs stand between marks that a reader doesn't see,
 * `<!--=simulate.steps-->8,185,903<!--/-->`, and come from what the command printed, which is kept in
 * `docs/figures/simulate.json`.
 */
import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { commandOf, figuresOf, type Kept, record } from "./commands.ts";

export const RECORDS = "docs/figures";

const mark = /(<!--=([\w.]+)-->)([\s\S]*?)(<!--\/-->)/g;

export const docs = (): string[] => globSync(["*.md", "docs/**/*.md", "sandbox/*.md"]).sort();

export const records = (): Map<string, Kept> =>
  new Map(
    globSync(`${RECORDS}/*.json`)
      .sort()
      .map((file) => [
        basename(file, ".json"),
        record.parse(JSON.parse(readFileSync(file, "utf8"))),
      ]),
  );

/**
 * What has to be recorded again, because the record was made by another command, or kept other lines of its
 * output, than would be the case today.
 */
export const toRecordAgain = (kept: ReadonlyMap<string, Kept>): string[] =>
  [...kept]
    .filter(([name, { command, output }]) => {
      const today = commandOf(name);
      return command !== today.command || !output.every((line) => today.keep.test(line));
    })
    .map(([name]) => `npm run record -- ${name}`);

/** All recorded figures by the name in the marks, such as `simulate.steps`. */
export function knownFigures(): Map<string, string> {
  const known = new Map<string, string>();
  for (const [name, kept] of records()) {
    for (const [key, value] of Object.entries(figuresOf(name, kept))) {
      known.set(`${name}.${key}`, value);
    }
  }
  return known;
}

export const namesIn = (text: string): string[] =>
  [...text.matchAll(mark)].map(([, , name]) => name ?? "");

/** The text with each figure as it was recorded. @throws if nothing was recorded under that name */
export const withFigures = (text: string, known: ReadonlyMap<string, string>): string =>
  text.replace(mark, (_, begin: string, name: string, _stale: string, end: string) => {
    const value = known.get(name);
    if (value === undefined) throw new Error(`Nothing was recorded as ${name}`);
    return begin + value + end;
  });
