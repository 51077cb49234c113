import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { heldBack, ownVersions } from "./heldBack.ts";
import { Hindered } from "./hindered.mjs";
import { answerIn } from "./npm.ts";
import { movable, newestIn } from "./outdated.ts";

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

test("only an answer of the registry says that nothing is outdated", () => {
  expect(newestIn({})).toEqual(new Map());
  expect(newestIn({ one: { latest: "2.0.0" } })).toEqual(new Map([["one", "2.0.0"]]));
  const refused = { error: { code: "ENOTFOUND", summary: "request to\nregistry.example failed" } };
  expect(() => newestIn(refused)).toThrow(
    /^The registry gives no answer to npm outdated \(request to registry\.example failed\)\. [^\n]+$/,
  );
  expect(() => newestIn([])).toThrow(/^The registry gives no answer [^\n]+$/);
});

test("an npm that was ended, that says nothing or that isn't there is an error in one line", () => {
  const ended = { signal: null, status: 0, stdout: "{}" };
  expect(answerIn(ended, "npm outdated")).toEqual({});
  expect(answerIn({ ...ended, status: 1, stdout: "[1]" }, "npm outdated")).toEqual([1]);
  const vain = [
    { ...ended, signal: "SIGKILL" as const, status: null },
    { ...ended, status: 7, stdout: "" },
    { ...ended, stdout: "not\nJSON" },
    { ...ended, error: new Error("spawnSync npm ENOENT") },
  ];
  const lines = vain.map((one) => {
    try {
      return answerIn(one, "npm outdated");
    } catch (error) {
      return error instanceof Hindered ? error.message : error;
    }
  });
  expect(lines).toEqual([
    "npm outdated was ended by SIGKILL. Try again, or run that by hand to see why.",
    "npm outdated gave no answer (exit code 7). Try again, or run that by hand to see why.",
    "npm outdated gave an answer that isn't JSON (exit code 0). Try again, or run that by hand to see why.",
    "npm outdated can't be run (spawnSync npm ENOENT). Is npm on the PATH?",
  ]);
});
