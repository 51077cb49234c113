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

const policyOf = (response: Response) => response.headers.get("content-security-policy") ?? "";

test("each answer has a policy with a nonce of its own, and the request has the same one", () => {
  const nonces = [ask({}, "GET"), ask({}, "GET"), ask({ origin: "https://evil.example" })].map(
    (answer) => /'nonce-([^']+)'/.exec(policyOf(answer))?.[1],
  );
  expect(nonces.every((nonce) => nonce !== undefined && nonce.length >= 22)).toBe(true);
  expect(new Set(nonces).size).toBe(3);
  // This is how Next passes on to the page which headers replace those of the request.
  const page = ask({ "content-security-policy": "script-src 'nonce-mine'" }, "GET");
  expect(page.headers.get("x-middleware-request-content-security-policy")).toBe(policyOf(page));
  const nonce = page.headers.get("x-middleware-request-x-segue-nonce");
  expect(policyOf(page)).toContain(`script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`);
});

test("browsers are told to insist on https where there is https", () => {
  const insists = () => ask({}, "GET").headers.get("strict-transport-security");
  expect(insists()).toMatch(/^max-age=\d{8}$/);
  startAt("http://localhost:3000");
  expect(insists()).toBeNull();
});

test("pages only show: nothing is sent to them, and no action of Next's is looked for", () => {
  const send = (path: string, method: string, headers: Record<string, string> = {}) =>
    gate(new NextRequest(`http://10.0.0.7:3000${path}`, { method, headers })).status;
  for (const method of ["POST", "PUT", "PATCH", "DELETE"])
    expect(send("/sign-in", method)).toBe(405);
  expect(send("/nowhere", "POST", { "content-type": "multipart/form-data" })).toBe(405);
  expect(send("/api/nowhere", "POST", { "content-type": "multipart/form-data" })).toBe(400);
  expect(send("/api/bookings", "POST", { "next-action": "abc" })).toBe(400);
  expect(send("/api/bookings", "POST")).toBe(200);
  expect(send("/sign-in", "HEAD")).toBe(200);
});

test("the file that Next keeps for its own failures can't be opened: its scripts are no request's", () => {
  expect(gate(new NextRequest("http://10.0.0.7:3000/_global-error")).status).toBe(404);
});
