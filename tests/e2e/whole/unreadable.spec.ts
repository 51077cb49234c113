/**
 * Texts that the database can't hold, and requests that Next can't read: each is answered like any other mistake,
 * with all headers, and nothing is logged as a fault, whoever asks.
 */
import { type APIRequestContext, expect } from "@playwright/test";
import { z } from "zod";
import { DEMO_PASSWORD, students, supporter, tutor } from "#server/demo/cast.ts";
import type { Operation } from "#server/openapi/operation.ts";
import { operations } from "#server/openapi/operations.ts";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";

let app: App;
/** Nobody, a tutor, a student and somebody of support. */
let everybody: APIRequestContext[];

test.beforeAll(async ({ playwright }) => {
  app = await startApp({ demo: true });
  everybody = [await playwright.request.newContext({ baseURL: app.url })];
  for (const email of [tutor.email, students[0]?.email, supporter.email]) {
    const api = await playwright.request.newContext({ baseURL: app.url });
    const data = { email, password: DEMO_PASSWORD };
    const answer = await api.post("/api/account/sign-in/email", { data });
    expect(answer.status(), await answer.text()).toBe(200);
    everybody.push(api);
  }
});
test.afterAll(async () => {
  for (const api of everybody) await api.dispose();
  await app?.stop();
});
test.afterEach(() => {
  expect(faults()).toEqual([]);
});

/** Our own log at "error" and above, and whatever Next says outside it. */
const faults = () =>
  app
    .output()
    .split("\n")
    .filter((line) => {
      if (!line.startsWith("{")) return /^\s*⨯|Error\b/.test(line);
      return (JSON.parse(line) as { level: number }).level >= 50;
    });

const NUL = "a\u0000b";
const texts = [NUL, "\ud800", "\udfff x", "a\u202eb", "", "x".repeat(3_000)];

/** A body in the schema's form, all of whose texts are this one. */
function bodyOf(schema: z.ZodType, text: string): unknown {
  return filled(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }), text);
}

function filled(schema: z.core.JSONSchema._JSONSchema, text: string): unknown {
  if (typeof schema === "boolean") return text;
  if (schema.properties) {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, part]) => [name, filled(part, text)]),
    );
  }
  const [first] = schema.anyOf ?? [];
  if (first !== undefined) return filled(first, text);
  if (schema.type === "array") return [text];
  if (schema.type === "boolean") return true;
  return schema.type === "integer" || schema.type === "number" ? 30 : text;
}

const at = ({ path }: Operation, part: string) => path.replace(/\{\w+\}/, part);

test("no text in a body is a fault, whoever sends it", async () => {
  for (const operation of operations.filter(({ method }) => method !== "GET")) {
    const path = at(operation, crypto.randomUUID());
    // Signing out would end the part that this person plays.
    if (path.endsWith("/sign-out")) continue;
    for (const api of everybody) {
      for (const text of texts) {
        const data = operation.body ? bodyOf(operation.body, text) : { any: text };
        const answer = await api.fetch(path, { method: operation.method, data });
        const where = `${operation.method} ${path} ${JSON.stringify(text).slice(0, 30)}`;
        expect(answer.status(), where).toBeLessThan(500);
      }
    }
  }
});

test("no text in an address is a fault, whoever follows it", async () => {
  const parts = ["%00", "%ED%A0%80", "%zz", "%C3", "%0a", "%EF%BF%BF", "..%2f..%2fapi", "%22%27--"];
  const pages = ["/support?who={who}", "/sessions/{id}", "/sessions/{id}/waiting", "/{id}"];
  const queries = ["/reset-password?token={id}", "/sign-in?returnTo={id}", "/sessions?zone={id}"];
  const addresses = [
    ...operations.filter(({ method }) => method === "GET").map(({ path }) => path),
    ...[...pages, ...queries].map((path) => path.replace(/\{\w+\}/, "{id}")),
  ];
  for (const address of addresses) {
    const filledIn = parts.map((part) =>
      address.includes("{") ? address.replace(/\{\w+\}/, part) : `${address}?q=${part}`,
    );
    for (const path of filledIn) {
      for (const api of everybody) {
        const answer = await api.get(path, { maxRedirects: 0 });
        expect(answer.status(), path).toBeLessThan(500);
        const policies = answer
          .headersArray()
          .filter(({ name }) => name.toLowerCase() === "content-security-policy");
        expect(policies, path).toHaveLength(1);
        expect(answer.headers()["x-content-type-options"], path).toBe("nosniff");
      }
    }
  }
});

test("nothing that is sent to a page is a fault: pages only show", async () => {
  const action = { "next-action": "4000000000000000000000000000000000000000ff" };
  for (const path of ["/", "/sign-in", "/nowhere", "/tutor/video-setup", "/api/nowhere"]) {
    for (const api of everybody) {
      for (const method of ["POST", "PUT", "DELETE", "PATCH"]) {
        const sent = [
          await api.fetch(path, { method, headers: action, data: "[]" }),
          await api.fetch(path, { method, multipart: { $ACTION_ID_4000: "" } }),
          await api.fetch(path, { method, form: { a: "b" } }),
        ];
        for (const answer of sent) {
          expect(answer.status(), `${method} ${path}`).toBeGreaterThanOrEqual(400);
          expect(answer.status(), `${method} ${path}`).toBeLessThan(500);
        }
      }
    }
  }
});
