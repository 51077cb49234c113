/**
 * The rules for every test file: `console.error` fails the test or file that caused it (a test that expects
 * one installs its own spy), and a file leaves nothing running.
 */
import { afterAll, afterEach, beforeEach, expect } from "vitest";
import { openTestDatabases } from "./databases/database.ts";
import { PATIENCE_MS } from "./patience.ts";

const errors: unknown[][] = [];
const note = (...args: unknown[]) => void errors.push(args);
const expectNoErrors = (when: string) =>
  expect(errors.splice(0), `console.error was called ${when}`).toEqual([]);

// This also holds while the file is imported and in hooks like `beforeAll`.
console.error = note;

beforeEach(() => {
  console.error = note;
  expectNoErrors("outside a test");
});

afterEach(() => expectNoErrors("in this test"));

/** Kinds that would keep the process alive. Node doesn't list an idle keep-alive socket of `fetch`. */
const watched = new Set(["TCP", "Process", "FSEvent"]);
type Handle = object & { _handle?: object };
const kindOf = ({ _handle: inner }: Handle) => inner?.constructor.name ?? "";
/**
 * Node has no documented way to tell which resources are active, only how many of each kind. A file that
 * leaves one would pass by that count if one of an earlier file ended meanwhile.
 */
const running = (): Handle[] =>
  (process as unknown as { _getActiveHandles(): Handle[] })
    ._getActiveHandles()
    .filter((handle) => watched.has(kindOf(handle)));
const before = new Set(running());
const left = () => running().filter((handle) => !before.has(handle));

// Hooks registered first run last, and setup files register first, so the file's own clean-up is done by now.
afterAll(async () => {
  // Nobody waits for this file any more: an error from now on fails the whole run.
  console.error = (...args: unknown[]) =>
    void Promise.reject(new Error("console.error was called after its file", { cause: args }));
  expectNoErrors("outside a test");
  expect(openTestDatabases(), "test databases left open").toBe(0);
  const deadline = performance.now() + PATIENCE_MS;
  while (left().length > 0 && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(left().map(kindOf), "left running").toEqual([]);
});
