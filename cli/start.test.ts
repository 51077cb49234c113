import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { demoSignIns } from "./start.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "segue-demo-"));
  file = join(folder, "demo.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

test("each of the demo's people is told on a line, and nothing where there is no demo", () => {
  expect(demoSignIns(folder)).toEqual([]);
  const tara = { role: "tutor", name: "Tara", email: "tara@demo.example", password: "p" };
  writeFileSync(file, JSON.stringify([tara, { ...tara, role: "student", name: "Sam" }]));
  expect(demoSignIns(folder)).toEqual([
    "Demo sign-ins:",
    "  tutor    Tara  tara@demo.example  p",
    "  student  Sam   tara@demo.example  p",
  ]);
});

test.each(["", "{", "{}", "null", "[1]", '[{"role":"tutor"}]'])(
  "a damaged file (%j) is named in one line that says what to do",
  (text) => {
    writeFileSync(file, text);
    expect(demoSignIns(folder)).toEqual([
      expect.stringMatching(
        /^The demo's sign-ins can't be told: \S+demo\.json is damaged\. [^\n]+\.$/,
      ),
    ]);
  },
);

test("a folder in its place is one, too", () => {
  mkdirSync(file);
  expect(demoSignIns(folder)).toHaveLength(1);
});
