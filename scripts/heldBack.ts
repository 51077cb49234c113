/**
 * The versions that are held back according to `docs/dependencies.md`, and the versions that `package.json`
 * names.
 */
import { z } from "zod";

export interface Held {
  ours: string;
  because: string;
}

/** The rows of the table under "Held back". */
export function heldBack(markdown: string): Map<string, Held> {
  const [, section = ""] = markdown.split(/^## Held back$/m);
  const rows = section
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => line.split("|").map((cell) => cell.trim()));
  return new Map(
    rows.slice(1).map(([, name = "", ours = "", because = ""]) => [name, { ours, because }]),
  );
}

const versions = z.record(z.string(), z.string()).default({});
const packageJson = z.object({
  dependencies: versions,
  devDependencies: versions,
  optionalDependencies: versions,
  overrides: z.record(z.string(), z.unknown()).default({}),
});

/**
 * Every version that we name ourselves. For an alias it is the version alone, without the name of the real
 * package.
 */
export function ownVersions(json: unknown): Map<string, string> {
  const { dependencies, devDependencies, optionalDependencies, overrides } =
    packageJson.parse(json);
  const named = Object.entries({
    ...overrides,
    ...dependencies,
    ...devDependencies,
    ...optionalDependencies,
  });
  return new Map(
    named.flatMap(([name, version]) =>
      typeof version === "string" ? [[name, version.replace(/^npm:.+@/, "")]] : [],
    ),
  );
}
