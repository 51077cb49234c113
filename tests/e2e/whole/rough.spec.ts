/** What callers send that no browser does, and what a start leaves on the disk: on the built app. */
import { readdirSync, statSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";

let app: App;
let dataDir = "";

test.beforeAll(async () => {
  // With a umask that lets everybody read, as most systems have it.
  const former = process.umask(0o022);
  app = await startApp({
    demo: true,
    furnish: async (folder) => {
      dataDir = folder;
    },
  });
  process.umask(former);
});
test.afterAll(() => app?.stop());

test("whatever a start and a running app write into the data folder is for its owner alone", () => {
  const paths = [
    dataDir,
    ...readdirSync(dataDir, { recursive: true, encoding: "utf8" }).map((name) =>
      join(dataDir, name),
    ),
  ];
  expect(paths.length).toBeGreaterThan(900);
  const names = readdirSync(dataDir);
  for (const name of ["address", "db", "db.lock", "demo.json", "sandbox", "secrets.json"]) {
    expect(names).toContain(name);
  }
  expect(paths.filter((path) => (statSync(path).mode & 0o077) !== 0)).toEqual([]);
});

test("built files take GET and HEAD only, however their address is written", async () => {
  const html = await (await fetch(`${app.url}/sign-in`)).text();
  const script = /\/_next\/static\/[^"]+\.js/.exec(html)?.[0] ?? "";
  const style = /\/_next\/static\/[^"]+\.css/.exec(html)?.[0] ?? "";
  expect((await fetch(app.url + script)).status).toBe(200);
  for (const target of [script, style, `/api/..${script}`, `/api/%2e%2e${script}`, "/icon.svg"]) {
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      const answer = await send(`${method} ${target} HTTP/1.1`, ["Content-Length: 0"], "");
      expect(answer, `${method} ${target}`).toMatch(/^HTTP\/1\.1 405 /);
      expect(answer).toMatch(/^allow: GET, HEAD\r$/im);
      expect(answer).toMatch(/^content-security-policy: default-src 'none'/im);
      expect(answer).toContain("urn:segue:problem:method_not_allowed");
    }
  }
});

const json = "Content-Type: application/json";
const places = [
  "/api/account/sign-in/email",
  "/api/bookings",
  "/api/webhooks/zoom",
  "/asked/x/never",
  "/sign-in",
];

test("a body that breaks off, or isn't what its head says, leaves no line in the log", async () => {
  for (const place of places) {
    const post = `POST ${place} HTTP/1.1`;
    for (const end of ["end", "resetAndDestroy"] as const) {
      await send(post, [json, "Content-Length: 100"], '{"typed":"secretword', end);
      await send(post, [json, "Transfer-Encoding: chunked"], "9\r\nsecretw", end);
    }
    await send(post, [json, "Content-Length: 2"], "{}secretword\r\n\r\n");
    await send(post, [json, "Transfer-Encoding: chunked"], "2\r\n{}\r\nsecretword\r\n");
    await send(post, [json, "Content-Length: 400000"], "x".repeat(400_000));
    await send(`GET ${place} HTTP/1.1`, [json, "Content-Length: 100"], "{", "resetAndDestroy");
  }
  const answer = await fetch(`${app.url}/api/health`);
  expect(answer.status).toBe(200);
  expect(app.output()).not.toMatch(/secretword|uncaught|unhandled|aborted|ECONNRESET|exceeded/i);
  expect(app.output()).not.toMatch(/"level":[56]0/);
});

/** Sends these bytes. @returns the answer, once the connection has ended */
function send(
  line: string,
  headers: string[],
  body: string,
  ending?: "end" | "resetAndDestroy",
): Promise<string> {
  const { port } = new URL(app.url);
  return new Promise((settle) => {
    let said = "";
    const socket = connect(Number(port), "127.0.0.1");
    socket.setEncoding("latin1").on("data", (data) => {
      said += data;
    });
    socket.on("error", () => undefined).on("close", () => settle(said));
    const head = [line, "Host: segue.example", "Connection: close", ...headers, "", body];
    socket.write(head.join("\r\n"), () => {
      if (ending) socket[ending]();
    });
  });
}
