import { createServer, get, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { standBefore } from "./door.ts";

/** @returns how to ask a server whose APP_URL is this one, with any `Host` */
async function startAt(appUrl: string) {
  const server = createServer((_request, response) => void response.end("passed"));
  standBefore(server, { appUrl, isDevelopment: false });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return (host: string, path = "/tutor/video-setup?success=true", method = "GET") =>
    new Promise<{ status?: number; headers: IncomingHttpHeaders }>((settle, reject) => {
      const headers = { host, connection: "close" };
      get({ host: "127.0.0.1", port, path, method, headers }, (answer) => {
        answer.resume();
        settle({ status: answer.statusCode, headers: answer.headers });
      }).on("error", reject);
    });
}

test.each([
  ["http://127.0.0.1:3000", "localhost:3000"],
  ["http://localhost:3000", "127.0.0.1:3000"],
  ["http://localhost:3000", "[::1]:3000"],
  ["http://localhost", "127.0.0.1"],
])(
  "of a page of %s that was asked for at %s one is led to the former, by its whole address",
  async (appUrl, host) => {
    const ask = await startAt(appUrl);
    for (const method of ["GET", "HEAD"]) {
      const led = await ask(host, undefined, method);
      expect(led.status).toBe(307);
      expect(led.headers.location).toBe(`${appUrl}/tutor/video-setup?success=true`);
      expect(led.headers["x-content-type-options"]).toBe("nosniff");
    }
    // And there one has arrived.
    expect((await ask(new URL(appUrl).host)).status).toBe(200);
  },
);

test("nobody is led anywhere but to APP_URL", async () => {
  const ask = await startAt("http://127.0.0.1:3000");
  for (const path of ["//evil.example/", "/\\evil.example", "/.evil.example", "/@evil.example"]) {
    const { location = "" } = (await ask("localhost:3000", path)).headers;
    expect(new URL(location).origin, path).toBe("http://127.0.0.1:3000");
  }
});

test("what isn't the same page under another name of this machine passes", async () => {
  const ask = await startAt("http://127.0.0.1:3000");
  // Another port, or a name that a proxy may have written.
  for (const host of [
    "localhost:3001",
    "localhost",
    "10.0.0.7:3000",
    "localhost.evil.example:3000",
  ]) {
    expect((await ask(host)).status, host).toBe(200);
  }
  for (const path of ["/api/me", "/_next/static/chunks/main.js"]) {
    expect((await ask("localhost:3000", path)).status, path).toBe(200);
  }
  const elsewhere = await startAt("https://segue.example");
  expect((await elsewhere("localhost:3000")).status).toBe(200);
});
