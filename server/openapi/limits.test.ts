import { globSync } from "node:fs";
import { expect, test } from "vitest";
import { limits, verbs } from "#lib/records/limits/rules.ts";
import { endpoints } from "#server/account/accountRoute.ts";
import { openApiDocument } from "./document.ts";
import { operations } from "./operations.ts";

const names = operations.map(({ method, path }) => `${method} ${path}`);

test("every verb that HTTP reaches is limited, or says why it isn't", () => {
  const accounts = Object.keys(endpoints).map((name) => name.replace(" ", " /api/account"));
  const reached = new Set([...names, ...accounts, "POST /api/cli", "GET /support"]);
  expect(Object.keys(verbs).toSorted()).toEqual([...reached].toSorted());
  for (const [name, verb] of Object.entries(verbs)) {
    if ("open" in verb) expect(verb.open.length, name).toBeGreaterThan(10);
    else expect(verb.limited.length, name).toBeGreaterThan(0);
  }
});

test("no route answers a method that isn't in the table", () => {
  const exported = globSync("app/**/route.ts").flatMap((file) => {
    const path = `/${file.replace(/^app\//, "").replace(/\/route\.ts$/, "")}`;
    return path.startsWith("/api/account/") ? [] : [path];
  });
  const known = Object.keys(verbs).map((name) => name.replace(/^\w+ /, ""));
  const asListed = (path: string) =>
    path.replace("calendar/[token]", "calendar/{token}.ics").replaceAll(/\[(\w+)\]/g, "{$1}");
  expect(exported.map(asListed).filter((path) => !known.includes(path))).toEqual([]);
});

test("no limit stands in the table that no verb has", () => {
  const used = Object.values(verbs).flatMap((verb) => ("limited" in verb ? verb.limited : []));
  expect(
    Object.keys(limits).filter((name) => !used.includes(name as (typeof used)[number])),
  ).toEqual([]);
});

test("the description says of each limited verb that it may be refused for a while", () => {
  const { paths } = openApiDocument("https://segue.example");
  let limited = 0;
  for (const { method, path } of operations) {
    const verb = verbs[`${method} ${path}`];
    const described = paths[path]?.[method.toLowerCase()] as { responses: object };
    const isLimited = verb !== undefined && "limited" in verb;
    expect("429" in described.responses, `${method} ${path}`).toBe(isLimited);
    limited += isLimited ? 1 : 0;
  }
  expect(limited).toBeGreaterThan(12);
});
