/** `npm run audit`: known advisories for the packages of a production install, and the packages' licences. */
import { z } from "zod";
import { inOneLine } from "./hindered.mjs";
import { readLock } from "./install.mjs";
import { askNpm } from "./npm.ts";

const report = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      severity: z.string(),
      range: z.string(),
      via: z.array(z.union([z.string(), z.object({ title: z.string(), url: z.string() })])),
    }),
  ),
});
const noAnswer = z.object({ message: z.string() });

const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      license: z.string().optional(),
    }),
  ),
});

/** @returns the packages of a production install by licence, most frequent first */
export function licences(lock: unknown): [string, string[]][] {
  const byLicence = new Map<string, Set<string>>();
  for (const [path, { dev, devOptional, license }] of Object.entries(
    lockFile.parse(lock).packages,
  )) {
    if (path === "" || dev || devOptional) continue;
    const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    const names = byLicence.get(license ?? "not told") ?? new Set();
    byLicence.set(license ?? "not told", names.add(name));
  }
  return [...byLicence]
    .map(([licence, names]): [string, string[]] => [licence, [...names].sort()])
    .sort(([, one], [, other]) => other.length - one.length);
}

/** @param answer the output of `npm audit`, which has another form where a registry knows no advisories */
export function advisories(answer: unknown): string {
  const known = report.safeParse(answer);
  if (!known.success) {
    const { data } = noAnswer.safeParse(answer);
    return `not known: the registry gives no answer (${data?.message || "without a reason"})`;
  }
  const lines = Object.entries(known.data.vulnerabilities).flatMap(
    ([name, { severity, range, via }]) =>
      via.map((cause) =>
        typeof cause === "string"
          ? `${severity}: ${name} ${range}, through ${cause}`
          : `${severity}: ${name} ${range}, ${cause.title} (${cause.url})`,
      ),
  );
  return lines.length === 0 ? "none" : lines.join("\n");
}

/** A licence with more packages than this shows their number, not their names. */
const NAMED = 8;

if (import.meta.main) {
  process.exitCode = await inOneLine(() => {
    console.log(`Advisories: ${advisories(askNpm("audit", "--omit=dev"))}\n`);
    console.log("Licences:");
    for (const [licence, names] of licences(readLock())) {
      console.log(`${licence}: ${names.length > NAMED ? names.length : names.join(", ")}`);
    }
  });
}
