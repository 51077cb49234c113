/**
 * The rules for every test file: `console.error` fails the test that caused it (a test that expects one
 * installs its own spy), and a file leaves nothing running.
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

/** Resources that would keep the process alive. Node doesn't count an idle keep-alive socket of `fetch`. */
const watched = new Set(["TCPServerWrap", "TCPSocketWrap", "ProcessWrap", "FSEventWrap"]);
const running = () => process.getActiveResourcesInfo().filter((kind) => watched.has(kind));
const before = running().length;

// Hooks registered first run last, and setup files register first, so the file's own clean-up is done by now.
afterAll(async () => {
  expect(openTestDatabases(), "test databases left open").toBe(0);
  const deadline = performance.now() + PATIENCE_MS;
  while (running().length > before && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(running().slice(before), "left running").toEqual([]);
});
