import { NextRequest } from "next/server";
import { beforeEach, expect, test } from "vitest";
import { parseConfig } from "#lib/platform/config.ts";
import { gate } from "./gate.ts";
import { CLIENT_HEADER } from "./headers.ts";
import { keepRuntime, type Runtime } from "./runtime.ts";

/** The gate uses nothing of the process but its configuration. */
function startAt(appUrl: string): void {
  const config = parseConfig({
    APP_URL: appUrl,
    AUTH_SECRET: "x".repeat(32),
    TOKEN_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString("base64")}`,
  });
  keepRuntime({ ctx: { config } } as Runtime);
}
beforeEach(() => startAt("https://segue.example"));

const ask = (headers: Record<string, string>, method = "POST") =>
  gate(new NextRequest("http://10.0.0.7:3000/api/bookings", { method, headers }));
const status = (headers: Record<string, string>, method?: string) => ask(headers, method).status;

test("a change asked for by a page of ours or by a program passes", () => {
  expect(status({ origin: "https://segue.example" })).toBe(200);
  expect(status({ origin: "https://segue.example", "sec-fetch-site": "same-origin" })).toBe(200);
  expect(status({})).toBe(200);
});

test("a change asked for by another site is refused", async () => {
  const refused = ask({ origin: "https://evil.example" });
  expect(refused.status).toBe(403);
  expect(refused.headers.get("content-type")).toBe("application/problem+json");
  expect(await refused.json()).toMatchObject({ status: 403, code: "foreign_origin" });
  for (const origin of [
    "null",
    "nonsense",
    "http://segue.example",
    "https://segue.example:8443",
    "https://segue.example.evil.example",
  ]) {
    expect(status({ origin }), origin).toBe(403);
  }
  expect(status({ "sec-fetch-site": "cross-site" })).toBe(403);
  expect(status({ "sec-fetch-site": "same-site" })).toBe(403);
});

test("a Host that names the other site doesn't make it ours", () => {
  const origin = "https://evil.example";
  expect(status({ origin, host: "evil.example" })).toBe(403);
  expect(status({ origin, host: "evil.example", "x-forwarded-host": "evil.example" })).toBe(403);
});

test("a Host that a proxy has changed doesn't make ours foreign", () => {
  expect(status({ origin: "https://segue.example", host: "10.0.0.7:3000" })).toBe(200);
});

test("on loopback localhost and 127.0.0.1 count as one, with the same port only", () => {
  startAt("http://localhost:3000");
  expect(status({ origin: "http://127.0.0.1:3000" })).toBe(200);
  expect(status({ origin: "http://localhost:3000" })).toBe(200);
  expect(status({ origin: "http://127.0.0.1:3001" })).toBe(403);
  expect(status({ origin: "http://localhost.evil.example:3000" })).toBe(403);
  startAt("https://segue.example");
  expect(status({ origin: "http://localhost:3000" })).toBe(403);
});

test("looking is nobody's to refuse", () => {
  for (const method of ["GET", "HEAD", "OPTIONS"]) {
    expect(status({ origin: "https://evil.example", "sec-fetch-site": "cross-site" }, method)).toBe(
      200,
    );
  }
});

test("tries are counted by what the nearest proxy saw, never by what the sender wrote", () => {
  // This is how Next passes on to the route which headers replace those of the request.
  const client = (headers: Record<string, string>) =>
    ask(headers).headers.get(`x-middleware-request-${CLIENT_HEADER}`);
  expect(client({ "x-forwarded-for": "6.6.6.6, 203.0.113.9" })).toBe("203.0.113.9");
  expect(client({ [CLIENT_HEADER]: "6.6.6.6", "x-forwarded-for": "203.0.113.9" })).toBe(
    "203.0.113.9",
  );
  expect(client({ [CLIENT_HEADER]: "6.6.6.6" })).toBe("unknown");
});

test("an event that is signed may come from anywhere, and nothing else at an address like it", () => {
  const post = (path: string) =>
    gate(
      new NextRequest(`http://10.0.0.7:3000${path}`, {
        method: "POST",
        headers: { origin: "https://zoom.example" },
      }),
    ).status;
  expect(post("/api/webhooks/zoom")).toBe(200);
  expect(post("/api/webhooks/zoom/more")).toBe(403);
  expect(post("/api/webhooks")).toBe(403);
});
