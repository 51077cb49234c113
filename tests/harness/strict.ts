/**
 * Every test file runs under these rules: `console.error` fails the test that caused it (a test that
 * expects one puts its own spy in place), and a file leaves nothing running.
 */
import { afterAll, afterEach, beforeEach, expect } from "vitest";
import { openTestDatabases } from "./databases/database.ts";
import { PATIENCE_MS } from "./patience.ts";

const errors: unknown[][] = [];

beforeEach(() => {
  errors.length = 0;
  console.error = (...args: unknown[]) => {
    errors.push(args);
  };
});

afterEach(() => {
  expect(errors, "console.error was called").toEqual([]);
});

/** What would keep a process alive. An idle keep-alive socket of `fetch` doesn't count for Node. */
const watched = new Set(["TCPServerWrap", "TCPSocketWrap", "ProcessWrap", "FSEventWrap"]);
const running = () => process.getActiveResourcesInfo().filter((kind) => watched.has(kind));
const before = running().length;

// Setup files register first, and what is registered first ends last: the file's own clean-up is done.
afterAll(async () => {
  expect(openTestDatabases(), "test databases left open").toBe(0);
  const deadline = performance.now() + PATIENCE_MS;
  while (running().length > before && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(running().slice(before), "left running").toEqual([]);
});
