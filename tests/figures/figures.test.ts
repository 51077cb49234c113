import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commandOf } from "./commands.ts";
import { docs, knownFigures, namesIn, records, toRecordAgain, withFigures } from "./docs.ts";
import { lighthouseTable } from "./lighthouseTable.ts";

const known = knownFigures();

test.each(docs())("every figure of a command in %s is what that command printed", (file) => {
  const text = readFileSync(file, "utf8");
  expect(text, "npm run record writes them anew").toBe(withFigures(text, known));
});

test("every drawing shows what its command printed", () => {
  for (const [name, { output }] of records()) {
    const { drawing } = commandOf(name);
    if (drawing) expect(readFileSync(drawing.file, "utf8"), name).toBe(drawing.draw(output));
  }
});

test("every record is cited somewhere", () => {
  const commandOf = (name: string) => name.split(".")[0];
  const cited = new Set(
    docs()
      .flatMap((file) => namesIn(readFileSync(file, "utf8")))
      .map(commandOf),
  );
  const recorded = new Set([...known.keys()].map(commandOf));
  expect([...recorded].filter((name) => !cited.has(name))).toEqual([]);
});

test("every record was made by its command as it stands today", () => {
  expect(toRecordAgain(records()), "these record again what has changed").toEqual([]);
});

test("a record of another command, or of lines that nobody keeps now, is found", () => {
  const kept = {
    command: commandOf("kills").command,
    commit: "1f95ec1",
    date: "2026-11-20",
    output: [
      "50 kills, 20 lessons: 0 lost, 0 doubled, 0 workers ended by themselves; worst 13.2 s",
    ],
  };
  expect(toRecordAgain(new Map([["kills", kept]]))).toEqual([]);
  const again = ["npm run record -- kills"];
  expect(toRecordAgain(new Map([["kills", { ...kept, command: "npm run kills -- 5" }]]))).toEqual(
    again,
  );
  expect(toRecordAgain(new Map([["kills", { ...kept, output: ["50 kills"] }]]))).toEqual(again);
});

test("a figure that differs, or that nothing was recorded for, is found", () => {
  const figures = new Map([["simulate.steps", "1,234"]]);
  const page = "<!--=simulate.steps-->99<!--/--> steps";
  expect(withFigures(page, figures)).toBe("<!--=simulate.steps-->1,234<!--/--> steps");
  expect(() => withFigures(page.replace("steps", "leaps"), figures)).toThrow("simulate.leaps");
});

test.each(["nonsense", "toString", "__proto__"])("%s is no name of a command", (name) => {
  expect(() => commandOf(name)).toThrow(
    `Nothing is recorded as ${name}. The names are: test, whole, trust, simulate,`,
  );
  expect(commandOf("test").command).toBe("npm test");
});

test("a mark is spelled as one, closed, and none stands inside another", () => {
  for (const file of docs()) {
    const text = readFileSync(file, "utf8");
    const marks = text.match(/<!--\s*[=/].*?-->/g) ?? [];
    const begin = /^<!--=\w+\.\w+-->$/;
    expect(
      marks.map((mark) => mark.replace(begin, "begin")),
      file,
    ).toEqual(marks.map((_, at) => (at % 2 === 0 ? "begin" : "<!--/-->")));
  }
});

test("of what phone and desk share, Lighthouse's table tells the worse", () => {
  const table = lighthouseTable([
    "✓ / (guest, mobile): performance 96, accessibility 97, best-practices 100, 174 KB JS",
    "✓ / (guest, desktop): performance 100, accessibility 100, best-practices 100, 175 KB JS",
  ]);
  expect(table).toContain("| `/`, guest | 96 | 100 | 97 | 100 | 175 KB |");
});

test("a line that isn't of Lighthouse's, or lacks a score, makes no table", () => {
  const table = (line: string) => () => lighthouseTable([line]);
  expect(table("✓ /support: performance 96")).toThrow("/support");
  expect(table("✓ / (guest, mobile): performance 96, 174 KB JS")).toThrow("desktop");
});
