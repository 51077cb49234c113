import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { createMetrics } from "#server/metrics/metrics.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, switchedWithOneFailure } = scene({ shared: true });

interface Dashboard {
  panels: { title: string; description: string; targets: { expr: string }[] }[];
}
const dashboard: Dashboard = JSON.parse(readFileSync("operations/dashboard.json", "utf8"));
const rules = readFileSync("operations/alerts.yml", "utf8");
const alertsIn = (text: string) => text.split(/^ {6}- alert: /m).slice(1);
const exprIn = (alert: string) => /^ {8}expr: (.+)$/m.exec(alert)?.[1] ?? "";
const queries = [
  ...alertsIn(rules).map((alert) => [alert.split("\n")[0] ?? "", exprIn(alert)]),
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr])),
] as [string, string][];

/** For each metric the values of its labels that were seen. */
let exposed: Map<string, Map<string, Set<string>>>;
beforeAll(async () => {
  await switchedWithOneFailure();
  const metrics = createMetrics();
  metrics.called({ provider: "zoom", call: "getMeeting", outcome: "ok", seconds: 1 });
  metrics.joined("opened");
  exposed = seenIn(await metrics.text(segue.ctx));
  // Prometheus itself makes this one.
  exposed.set("up", new Map([["job", new Set(["segue"])]]));
});

function seenIn(text: string): typeof exposed {
  const seen: typeof exposed = new Map();
  for (const [, name = "", labels = ""] of text.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
    const values = seen.get(name) ?? new Map<string, Set<string>>();
    seen.set(name, values);
    for (const [label, value] of pairsIn(labels)) {
      values.set(label, (values.get(label) ?? new Set()).add(value));
    }
  }
  return seen;
}

const pairsIn = (labels: string) =>
  [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = "", value = ""]) => [label, value]) as [
    string,
    string,
  ][];

test("there are alerts and panels to hold", () => {
  expect(alertsIn(rules).length).toBeGreaterThanOrEqual(8);
  expect(dashboard.panels.length).toBeGreaterThanOrEqual(12);
});

test.each(queries)("%s asks for figures and labels that Segue gives", (_, expr) => {
  const asked = [...expr.matchAll(/\b(segue_\w+|up)\b(?:\{([^}]*)\})?/g)];
  expect(asked).not.toEqual([]);
  for (const [, name = "", matchers = ""] of asked) {
    const labels = exposed.get(name);
    expect(labels, name).toBeDefined();
    for (const [label, value] of pairsIn(matchers)) expect(labels?.get(label)).toContain(value);
  }
  const known = new Set(asked.flatMap(([, name = ""]) => [...(exposed.get(name)?.keys() ?? [])]));
  const grouped = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = ""]) =>
    list.split(", "),
  );
  for (const label of grouped) expect([...known]).toContain(label);
});

test("each alert says in a sentence what is so and what to do", () => {
  for (const alert of alertsIn(rules)) {
    expect(alert).toMatch(/^ {10}summary: \S.+\.["']?$/m);
    expect(alert).toMatch(/^ {10}todo: \S.+\.$/m);
    expect(alert).toMatch(/severity: (page|ticket)/);
    // A colon and a space within an unquoted text would make it a mapping.
    expect(alert).not.toMatch(/^ {10}(summary|todo): [^"'].*: /m);
  }
  for (const { description } of dashboard.panels) expect(description).toMatch(/\.$/);
});
