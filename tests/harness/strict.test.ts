import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PATIENCE_MS } from "./patience.ts";

/** What is expected of files that run in this order in one process, and their code. */
const files: Record<string, [complaint: string, code: string]> = {
  "a-leaves-a-server": [
    "left running",
    `globalThis.server = createServer().listen(0);
    test("passes", () => {});`,
  ],
  "b-ends-it-and-leaves-another": [
    "left running",
    `globalThis.server.close();
    createServer().listen(0);
    test("passes", () => {});`,
  ],
  "c-error-at-import": [
    "console.error was called outside a test",
    `console.error("early");
    test("passes", () => {});`,
  ],
  "d-error-in-before-all": [
    "console.error was called outside a test",
    `beforeAll(() => console.error("early"));
    test("passes", () => {});`,
  ],
  "e-error-in-a-test": [
    "console.error was called in this test",
    `test("prints one", () => console.error("now"));`,
  ],
  "f-error-after-its-test": [
    "console.error was called outside a test",
    `const { promise, resolve } = Promise.withResolvers();
    promise.then(() => console.error("late"));
    test("passes", () => {});
    afterAll(() => resolve());`,
  ],
  "g-keeps-to-the-rules": [
    "",
    `test("expects one", () => {
      const spy = vi.spyOn(console, "error").mockReturnValue();
      console.error("expected");
      expect(spy).toHaveBeenCalled();
    });
    test("ends what it began", () => void createServer().listen(0).close());`,
  ],
  "h-error-after-its-end": [
    "",
    `const during = console.error;
    const waitForEnd = () =>
      console.error === during ? setImmediate(waitForEnd) : console.error("late");
    test("passes", () => {});
    afterAll(() => void setImmediate(waitForEnd));`,
  ],
};

/** Before the rule calls a resource left running, it waits for as long as a slow machine may need. */
const beginning = `
  import { createServer } from "node:net";
  const now = performance.now.bind(performance);
  let calls = 0;
  performance.now = () => now() + 1e9 * calls++;`;

const inOrder = `class {
  shard(files) { return files; }
  sort(files) { return files.sort((a, b) => (a.moduleId < b.moduleId ? -1 : 1)); }
}`;

interface Report {
  testResults: {
    name: string;
    message: string;
    assertionResults: { failureMessages: string[] }[];
  }[];
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "segue-strict-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("what a file leaves running or prints as an error, in a test or outside, turns the run red", () => {
  const [config, outputFile] = [join(folder, "vitest.config.mjs"), join(folder, "report.json")];
  const options = {
    globals: true,
    isolate: false,
    maxWorkers: 1,
    restoreMocks: true,
    testTimeout: PATIENCE_MS,
    hookTimeout: PATIENCE_MS,
    setupFiles: [resolve("tests/harness/strict.ts")],
    reporters: ["default", "json"],
    outputFile,
  };
  for (const [name, [, code]] of Object.entries(files)) {
    writeFileSync(join(folder, `${name}.test.js`), `${beginning}\n${code}`);
  }
  const settings = `{ ...${JSON.stringify(options)}, sequence: { sequencer: ${inOrder} } }`;
  writeFileSync(config, `export default { test: ${settings} };`);
  const vitest = resolve("node_modules/vitest/vitest.mjs");
  const args = [vitest, "run", "--root", folder, "--config", config];
  const { stderr, stdout } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    timeout: PATIENCE_MS,
  });
  const { testResults }: Report = JSON.parse(readFileSync(outputFile, "utf8"));
  const complaints = testResults.map(({ name, message, assertionResults }) => {
    const messages = [message, ...assertionResults.flatMap((result) => result.failureMessages)];
    return [
      basename(name, ".test.js"),
      messages.join("").replace(/^AssertionError: |: expected .*/gs, ""),
    ];
  });
  expect(Object.fromEntries(complaints), stdout + stderr).toEqual(
    Object.fromEntries(Object.entries(files).map(([name, [complaint]]) => [name, complaint])),
  );
  expect(stderr).toContain("console.error was called after its file");
});
