/** The drawings in architecture.md and the places in the glossary are those that exist. */
import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { meetingStates } from "#lib/records/meetings/rules.ts";
import { arrows } from "#tests/simulation/world/arrows.ts";

const folders = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

/** @param name of the comment before the drawing */
function drawing(name: string): string {
  const text = readFileSync("docs/architecture.md", "utf8");
  const found = new RegExp(`<!-- ${name} -->\\n\`\`\`mermaid\\n([\\s\\S]*?)\`\`\``).exec(text)?.[1];
  if (found === undefined) throw new Error(`architecture.md has no drawing of the ${name}`);
  return found;
}

test("the drawing of the house shows each noun of the services and each folder of lib", () => {
  const house = drawing("house");
  const nouns = /subgraph services[^\n]*\n([^\n]+)/.exec(house)?.[1]?.trim().split(" --> ") ?? [];
  expect(nouns.toSorted()).toEqual(folders("lib/services"));
  for (const folder of folders("lib")) expect(house).toContain(`lib/${folder}`);
  for (const folder of ["app", "cli", "sandbox", "server"]) {
    expect(existsSync(folder)).toBe(true);
    expect(house).toMatch(new RegExp(`\\b${folder}\\b`));
  }
});

test("the drawing of the ledger shows each state, and each arrow that the simulation walks", () => {
  const drawn = [...drawing("ledger").matchAll(/^\s+(\w+) --> (\w+)/gm)].map(
    ([, from, to]) => `${from}>${to}`,
  );
  const states = new Set(drawn.flatMap((arrow) => arrow.split(">")));
  expect([...states].toSorted()).toEqual(meetingStates.toSorted());
  const walked = arrows
    .filter((arrow) => arrow.startsWith("meeting ") && !arrow.startsWith("meeting new>"))
    .map((arrow) => arrow.replace("meeting ", ""));
  expect(walked.filter((arrow) => !drawn.includes(arrow))).toEqual([]);
});

test("every table, file and folder in the glossary exists", () => {
  const rows = readFileSync("docs/glossary.md", "utf8").split("\n").slice(7).filter(Boolean);
  const sql = globSync("supabase/schema.sql")
    .map((file) => readFileSync(file, "utf8"))
    .join();
  expect(rows.length).toBeGreaterThan(40);
  for (const row of rows) {
    const [term, , tables = "", file = ""] = row.split(" | ");
    const path = /`([^`]+)`/.exec(file)?.[1];
    expect(path && existsSync(path), `${term}: ${path}`).toBe(true);
    for (const [, named = ""] of tables.matchAll(/`([^`]+)`/g)) {
      for (const name of named.split(".")) expect(sql, `${term}: ${name}`).toContain(name);
    }
  }
});
