import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseConfig } from "#lib/platform/config.ts";
import { finishMs, STOP_MS } from "#lib/platform/patience.ts";

const read = (file: string) => readFileSync(file, "utf8");
const dockerfile = read("Dockerfile");
const compose = read("compose.yml");
const units = ["web", "worker"].map((kind) => read(`operations/segue-${kind}.service`));
const all = [dockerfile, compose, ...units];

const NO_KEYS = `none:${Buffer.alloc(32).toString("base64")}`;

/** Beside what the processes give their answers and jobs: the launcher's own margin (cli/launch.ts). */
const MARGIN_SECONDS = 10;
const { switchWaitSeconds } = parseConfig({}, { authSecret: "none", tokenKeys: NO_KEYS });
const leastSeconds = (drainSeconds: number) =>
  drainSeconds + (finishMs(switchWaitSeconds) + STOP_MS) / 1000 + MARGIN_SECONDS;

const figure = (text: string, pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? Number.NaN);

test("nobody kills a process before it has had the time that it gives its answers and jobs", () => {
  const drain = figure(compose, /DRAIN_SECONDS: "(\d+)"/);
  expect(figure(compose, /^ {2}stop_grace_period: (\d+)s$/m)).toBeGreaterThanOrEqual(
    leastSeconds(drain),
  );
  for (const unit of units) {
    const seconds = Number(/DRAIN_SECONDS=(\d+)/.exec(unit)?.[1] ?? 0);
    expect(figure(unit, /^TimeoutStopSec=(\d+)$/m)).toBeGreaterThanOrEqual(leastSeconds(seconds));
  }
});

test("the image brings the Node.js that Segue runs on", () => {
  expect(figure(dockerfile, /^FROM node:(\d+)-/m)).toBe(Number(read(".nvmrc")));
});

test("only what the command line knows is run, on files that are there", () => {
  const help = read("cli/segue.ts");
  const commands = [
    /^CMD \["(\w+)"\]/m.exec(dockerfile)?.[1],
    ...[...compose.matchAll(/command: \["(\w+)"\]/g)].map(([, name]) => name),
    ...units.map(
      (unit) => /^ExecStart=\S+node scripts\/run\.mjs cli\/segue\.ts (\w+)$/m.exec(unit)?.[1],
    ),
    /RUN \["node", "scripts\/run\.mjs", "cli\/segue\.ts", "(\w+)"\]/.exec(dockerfile)?.[1],
  ];
  expect(commands).toEqual(["start", "start", "worker", "start", "worker", "build"]);
  for (const name of commands) expect(help).toContain(`usage: "${name}`);
  const files = all.flatMap((text) => [...text.matchAll(/(?:scripts|cli)\/\w+\.m?[jt]s/g)]);
  for (const [file] of files) expect(existsSync(file), file).toBe(true);
  expect(existsSync("app/api/ready/route.ts")).toBe(true);
});

test("SIGTERM reaches Node.js, which runs as nobody special, and is asked whether it is ready", () => {
  expect(dockerfile).toMatch(/^ENTRYPOINT \["node", /m);
  expect(dockerfile).not.toMatch(/^(ENTRYPOINT|CMD) (?!\[)/m);
  expect(dockerfile.indexOf("USER node")).toBeGreaterThan(0);
  expect(dockerfile.indexOf("USER node")).toBeLessThan(dockerfile.indexOf("npm ci"));
  expect(dockerfile).toContain("/api/ready");
  for (const unit of units) {
    expect(unit).toMatch(/^User=(?!root$)\S+$/m);
    expect(unit).toMatch(/^KillMode=mixed$/m);
  }
});

test("no setting of an installation gets into the image, and none stands in the files", () => {
  const ignored = read(".dockerignore").split("\n");
  for (const name of [".env*", ".data", ".git", "node_modules", ".next"]) {
    expect(ignored).toContain(name);
  }
  for (const text of all) {
    expect(text).not.toMatch(/(AUTH_SECRET|TOKEN_ENCRYPTION_KEYS|CLIENT_SECRET|PASSWORD)[=:] *\w/);
  }
});

test("what is installed without the packages for development is what the guide says", () => {
  expect(dockerfile).toContain("npm ci --omit=dev --legacy-peer-deps");
  expect(read("docs/guide.md")).toContain("npm ci --omit=dev --legacy-peer-deps");
});
