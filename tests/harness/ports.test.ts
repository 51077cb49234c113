import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { freePort } from "./ports.ts";

const PORTS = 20;

test("no two calls get the same port, even in two processes that look in the same place", async () => {
  const script = `
    Math.random = () => 0.5;
    const { freePort } = await import(process.argv[1]);
    const ports = [];
    for (let i = 0; i < ${PORTS}; i++) ports.push(await freePort());
    console.log(JSON.stringify(ports));
    process.stdin.resume();`;
  const file = join(import.meta.dirname, "ports.ts");
  const other = spawn(process.execPath, ["--input-type=module", "-e", script, file], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(other, "exit");
  const [line] = await once(other.stdout, "data");
  const theirs: number[] = JSON.parse(String(line));
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  const ours = [];
  for (let i = 0; i < PORTS; i++) ours.push(await freePort());
  expect(new Set([...theirs, ...ours]).size).toBe(2 * PORTS);
  other.stdin.end();
  await ended;
});
