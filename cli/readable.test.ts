import { expect, test } from "vitest";
import { readable } from "./readable.ts";

const read = (...pieces: string[]) => {
  let out = "";
  const sink = readable((line) => {
    out += line;
  });
  for (const piece of pieces) sink(piece);
  return out;
};

const line = (fields: object) =>
  `${JSON.stringify({ level: 30, time: "2026-11-02T09:00:01.000Z", ...fields })}\n`;

test("a log line is read as its text, whichever way it arrives in pieces", () => {
  const text = line({ tutorId: "t1", msg: "📋 Found 2 future sessions to migrate" });
  const expected = "09:00:01Z 📋 Found 2 future sessions to migrate\n";
  expect(read(text)).toBe(expected);
  expect(read(text.slice(0, 20), text.slice(20, -1), "\n")).toBe(expected);
});

test("a warning says why", () => {
  expect(read(line({ level: 40, msg: "Not made", detail: "Too many" }))).toBe(
    "09:00:01Z Not made (Too many)\n",
  );
  expect(read(line({ level: 50, msg: "Broken", err: { message: "No route" } }))).toBe(
    "09:00:01Z Broken (No route)\n",
  );
});

test("what is no log line stays as it is", () => {
  expect(read('✓ Ready\n{"a":1}\n{half\n')).toBe('✓ Ready\n{"a":1}\n{half\n');
});
