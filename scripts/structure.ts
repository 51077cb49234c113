/** Checks what import rules can't see: how much a folder holds, and what files and folders are called. */
import { globSync } from "node:fs";
import { basename, dirname } from "node:path";

const MOST_FILES = 20;
const MOST_ENTRIES_IN_SERVICES = 15;

const isTest = (file: string): boolean => /\.(test|spec)\.tsx?$/.test(file);

/** @returns a sentence for each thing that is out of place */
export function outOfPlace(): string[] {
  const files = globSync("{app,cli,components,lib,sandbox,scripts,server,tests}/**/*.*", {
    exclude: (path) => basename(path) === "node_modules",
  });
  const folders = Map.groupBy(
    files.filter((file) => !isTest(file)),
    (file) => dirname(file),
  );
  return [
    ...[...folders].flatMap(([folder, { length }]) =>
      length > MOST_FILES
        ? `${folder} holds ${length} files beside tests, ${MOST_FILES} at most: group them by what they are about.`
        : [],
    ),
    ...[...folders.keys()].flatMap((folder) =>
      /^(misc|common|shared|utils|helpers)$/.test(basename(folder))
        ? `${folder}: the name says nothing; name it by the noun that its files are about.`
        : [],
    ),
    ...servicesAtTop(),
    ...files.flatMap((file) =>
      /^lib\/records\/[^/]+\/(?!(rules|queries|queries\/\w+)(\.\w+)*(\.db)?(\.test)?\.ts$)/.test(
        file,
      )
        ? `${file}: a noun's folder holds rules.ts (pure), queries.ts and queries/<purpose>.ts (SQL), and nothing else.`
        : [],
    ),
  ];
}

function servicesAtTop(): string[] {
  const { length } = globSync("lib/services/*");
  return length > MOST_ENTRIES_IN_SERVICES
    ? [
        `lib/services has ${length} entries, ${MOST_ENTRIES_IN_SERVICES} at most: a verb belongs to a noun's folder.`,
      ]
    : [];
}
