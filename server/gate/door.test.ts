import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { standBefore } from "./door.ts";

let server: Server;
const passed: string[] = [];

const next: RequestListener = (request, response) => {
  passed.push(`${request.method} ${request.url}`);
  response.end("passed");
};

beforeAll(async () => {
  server = createServer(next);
  // Next has such a listener, too, and answers nothing.
  server.on("upgrade", () => undefined);
  standBefore(server, { isHttps: true, isDevelopment: false });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Sends these bytes. @returns status, headers in lower case, and body */
async function send(text: string) {
  const { port } = server.address() as AddressInfo;
  const answer = await new Promise<string>((settle, reject) => {
    let said = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(Buffer.from(text, "latin1")));
    socket.setEncoding("latin1").on("data", (data) => {
      said += data;
    });
    socket.on("close", () => settle(said)).on("error", reject);
  });
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  const [line = "", ...lines] = head.split("\r\n");
  const headers = new Headers(
    lines.map((one): [string, string] => [
      one.split(": ", 1)[0] ?? "",
      one.replace(/^[^:]+: /, ""),
    ]),
  );
  return { status: Number(line.split(" ")[1]), headers, body };
}

const ask = (method: string, target: string, ...headers: string[]) =>
  send(
    [
      `${method} ${target} HTTP/1.1`,
      "Host: segue.example",
      "Connection: close",
      ...headers,
      "",
      "",
    ].join("\r\n"),
  );

function expectShielded(headers: Headers, what: string): void {
  expect(headers.get("content-security-policy"), what).toContain("default-src 'none'");
  expect(headers.get("x-content-type-options"), what).toBe("nosniff");
  expect(headers.get("x-frame-options"), what).toBe("DENY");
  expect(headers.get("referrer-policy"), what).toBe("strict-origin-when-cross-origin");
  expect(headers.get("strict-transport-security"), what).toMatch(/^max-age=/);
}

test.each([
  "/%ED%A0%80",
  "/%C3",
  "/%zz",
  "/%",
  "/sessions/%C0%AF/join",
  "/_next/static/%zz",
  "/sessions/%00",
  "/support?who=%00",
  "/api/tutors?a=b%00c",
  "http://evil.example/",
  "*",
])("an address that can't be read is answered before Next: %s", async (target) => {
  const before = passed.length;
  const { status, headers, body } = await ask("GET", target);
  expect(status).toBe(400);
  expectShielded(headers, target);
  expect(headers.get("content-type")).toBe("application/problem+json");
  expect(JSON.parse(body)).toMatchObject({ status: 400, code: "invalid_input" });
  expect(passed.length).toBe(before);
});

test("a person gets a page in their language instead, without script", async () => {
  const { status, headers, body } = await ask(
    "GET",
    "/%zz",
    "Accept: text/html",
    "Accept-Language: de",
  );
  expect(status).toBe(400);
  expect(headers.get("content-type")).toContain("text/html");
  expect(body).toContain('<html lang="de">');
  expect(body).not.toMatch(/<script|<style|style=/);
});

test.each(["TRACE", "PROPFIND", "QUERY", "MKCOL"])("%s is no method of ours", async (method) => {
  const before = passed.length;
  const { status, headers } = await ask(method, "/sign-in");
  expect(status).toBe(405);
  expect(headers.get("allow")).toBe("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  expectShielded(headers, method);
  expect(passed.length).toBe(before);
});

test("nobody is connected through us to another server", async () => {
  const { status, headers } = await ask("CONNECT", "evil.example:443");
  expect(status).toBe(405);
  expectShielded(headers, "CONNECT");
});

test("what isn't HTTP, or lacks a host, has the headers too", async () => {
  const requests = {
    "no method": "FROB / HTTP/1.1\r\nHost: x\r\n\r\n",
    "no host": "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
    "a raw byte": "GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n",
    "a strange expectation":
      "GET / HTTP/1.1\r\nHost: x\r\nExpect: tea\r\nConnection: close\r\n\r\n",
    "too much": `GET /?${"a".repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
  };
  for (const [what, request] of Object.entries(requests)) {
    const { status, headers } = await send(request);
    expect(status, what).toBeGreaterThanOrEqual(400);
    expect(status, what).toBeLessThan(500);
    expectShielded(headers, what);
  }
});

test("a state of the router that Next couldn't read never reaches it", async () => {
  const state = (value: string) => ask("GET", "/sign-in", `Next-Router-State-Tree: ${value}`);
  for (const value of ["%zz", "{}", "[]", encodeURIComponent('["",5]'), "a".repeat(12_000)]) {
    const { status, headers } = await state(value);
    expect(status, value.slice(0, 20)).toBe(400);
    expectShielded(headers, value.slice(0, 20));
  }
  const sound = await state(encodeURIComponent('["",{"children":["__PAGE__",{}]},null,null]'));
  expect(sound).toMatchObject({ status: 200, body: "passed" });
});

test("anything else passes, with headers that Next may replace", async () => {
  for (const target of [
    "/",
    "/sessions/%F0%9F%8E%B5?a=%zz&b=%2500",
    "//evil.example",
    "/a%2520b",
  ]) {
    const { status, headers, body } = await ask("GET", target);
    expect([status, body]).toEqual([200, "passed"]);
    expect(passed.at(-1)).toBe(`GET ${target}`);
    expectShielded(headers, target);
  }
});

test("a program that wishes for another protocol is answered in this one", async () => {
  const { status, body } = await ask("GET", "/", "Connection: Upgrade", "Upgrade: h2c");
  expect([status, body]).toEqual([200, "passed"]);
});
