/** `npm run outdated`: what could move to a newer version, and what is held back and why. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { type Held, heldBack, ownVersions } from "./heldBack.ts";
import { Hindered, inOneLine } from "./hindered.mjs";
import { askNpm } from "./npm.ts";

const outdated = z.record(z.string(), z.object({ latest: z.string() }));
const npmError = z.object({ error: z.object({ summary: z.string().min(1) }) });

interface Row {
  ours: string;
  newest: string;
  "held back because": string;
}

/**
 * @param newest the newest version of each outdated package, under npm's name for it; npm writes an alias
 * with the real package's name after a colon
 */
export function movable(
  ours: Map<string, string>,
  newest: Map<string, string>,
  held: Map<string, Held>,
): Record<string, Row> {
  const rows = [...newest].flatMap(([named, version]): [string, Row][] => {
    const [name = named] = named.split(":");
    const own = ours.get(name);
    if (own === undefined || own === version) return [];
    const because = held.get(name)?.because ?? "";
    return [[name, { ours: own, newest: version, "held back because": because }]];
  });
  return Object.fromEntries(rows.sort(([one], [other]) => one.localeCompare(other)));
}

/**
 * @param asked what npm was asked
 * @returns its answer
 * @throws Hindered where the registry gave none
 */
function known<T>(schema: z.ZodType<T>, answer: unknown, asked: string): T {
  const { data, success } = schema.safeParse(answer);
  if (success) return data;
  const why = npmError.safeParse(answer).data?.error.summary ?? "without a reason";
  throw new Hindered(
    `The registry gives no answer to ${asked} (${why.replace(/\s+/g, " ")}). Is it reachable? Try again.`,
  );
}

/** @param answer the output of `npm outdated` */
export const newestIn = (answer: unknown): Map<string, string> =>
  new Map(
    Object.entries(known(outdated, answer, "npm outdated")).map(([name, { latest }]) => [
      name,
      latest,
    ]),
  );

if (import.meta.main) {
  process.exitCode = await inOneLine(() => {
    const ours = ownVersions(JSON.parse(readFileSync("package.json", "utf8")));
    const held = heldBack(readFileSync("docs/dependencies.md", "utf8"));
    const newest = newestIn(askNpm("outdated"));
    // npm reports neither overrides nor the package that usually has the name of an alias.
    for (const name of held.keys()) {
      if (newest.has(name)) continue;
      newest.set(name, known(z.string(), askNpm("view", name, "version"), `npm view ${name}`));
    }
    const rows = movable(ours, newest, held);
    if (Object.keys(rows).length === 0) console.log("Everything is at its newest.");
    else console.table(rows);
  });
}
