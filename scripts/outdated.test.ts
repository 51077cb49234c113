import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { heldBack, ownVersions } from "./heldBack.ts";
import { movable } from "./outdated.ts";

const documented = heldBack(readFileSync("docs/dependencies.md", "utf8"));
const own = ownVersions(JSON.parse(readFileSync("package.json", "utf8")));

test("what the documentation calls held back is what package.json holds, and says why", () => {
  expect(documented.size).toBeGreaterThan(0);
  for (const [name, { ours, because }] of documented) {
    expect(ours, name).toBe(own.get(name));
    expect(because, name).not.toBe("");
  }
});

test("a version is the package's own, also behind an alias and in an override", () => {
  const versions = ownVersions({
    dependencies: { one: "1.0.0" },
    devDependencies: { typescript: "npm:@typescript/typescript6@6.0.2" },
    overrides: { two: "2.0.0", three: { one: "$one" } },
  });
  expect(Object.fromEntries(versions)).toEqual({ one: "1.0.0", typescript: "6.0.2", two: "2.0.0" });
});

test("what could move stands with its newest version, and why it is held back", () => {
  const ours = new Map([
    ["one", "1.0.0"],
    ["two", "2.0.0"],
    ["three", "3.0.0"],
    ["@four/alias", "4.0.0"],
  ]);
  const newest = new Map([
    ["two", "2.1.0"],
    ["one", "1.1.0"],
    ["three", "3.0.0"],
    ["@four/alias:four@4.0.0", "4.1.0"],
    ["not-ours", "9.0.0"],
  ]);
  const held = heldBack(
    "## Held back\n\n| Package | Version | Why |\n|---|---|---|\n| two | 2.0.0 | It breaks. |\n",
  );
  expect(movable(ours, newest, held)).toEqual({
    "@four/alias": { ours: "4.0.0", newest: "4.1.0", "held back because": "" },
    one: { ours: "1.0.0", newest: "1.1.0", "held back because": "" },
    two: { ours: "2.0.0", newest: "2.1.0", "held back because": "It breaks." },
  });
});
