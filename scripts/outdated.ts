/** `npm run outdated`: what could move to a newer version, and what is held back and why. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { type Held, heldBack, ownVersions } from "./heldBack.ts";
import { askNpm } from "./npm.ts";

const answer = z.record(z.string(), z.object({ latest: z.string() }));

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

if (import.meta.main) {
  const ours = ownVersions(JSON.parse(readFileSync("package.json", "utf8")));
  const held = heldBack(readFileSync("docs/dependencies.md", "utf8"));
  const outdated = answer.safeParse(askNpm("outdated"));
  if (!outdated.success) throw new Error("The registry gives no answer", { cause: outdated.error });
  const newest = new Map(Object.entries(outdated.data).map(([name, { latest }]) => [name, latest]));
  // npm reports neither overrides nor the package that usually has the name of an alias.
  for (const name of held.keys()) {
    if (!newest.has(name)) newest.set(name, z.string().parse(askNpm("view", name, "version")));
  }
  const rows = movable(ours, newest, held);
  if (Object.keys(rows).length === 0) console.log("Everything is at its newest.");
  else console.table(rows);
}
