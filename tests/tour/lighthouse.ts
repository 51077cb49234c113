/**
 * `npm run lighthouse`: measures the four main pages of the built app, each three times; the median counts.
 * It fails if a score is below 95 or a page brings more than 200 KB of JavaScript: all that it loads, compressed as it is sent,
 * without the answers' headers. What a score of accessibility or best practices lacks is told below it.
 */
import { execFile } from "node:child_process";
import { get } from "node:http";
import { promisify } from "node:util";
import { type BrowserContext, chromium } from "@playwright/test";
import { z } from "zod";
import { build } from "#cli/build.ts";
import { DEMO_PASSWORD, students, tutor } from "#server/demo/cast.ts";
import { startApp } from "#tests/harness/app.ts";
import { browserOptions } from "#tests/harness/browser.ts";
import { freePort } from "#tests/harness/ports.ts";

// Lighthouse is fetched only when needed: it is as large as half of Segue's packages, and no test needs it.
const LIGHTHOUSE = "lighthouse@13.5.0";
const RUNS = 3;
const LEAST_SCORE = 95;
const MOST_SCRIPT_KB = 200;
const categories = ["performance", "accessibility", "best-practices"] as const;
const forms = ["mobile", "desktop"] as const;

const pages = [
  { path: "/", email: null },
  { path: "/sessions", email: students[0]?.email ?? null },
  { path: "/sessions", email: tutor.email },
  { path: "/tutor/video-setup", email: tutor.email },
];

const report = z.object({
  finalDisplayedUrl: z.string(),
  categories: z.record(
    z.string(),
    z.object({ score: z.number(), auditRefs: z.array(z.object({ id: z.string() })) }),
  ),
  audits: z
    .object({
      "network-requests": z.object({
        details: z.object({
          items: z.array(z.object({ resourceType: z.string().optional(), url: z.string() })),
        }),
      }),
    })
    .catchall(z.object({ score: z.number().nullable(), details: z.unknown().optional() })),
});

/** Where an audit found something. */
const places = z.object({
  items: z.array(z.object({ node: z.object({ selector: z.string() }) })),
});

interface Measured {
  scores: number[];
  scriptKb: number;
  /** The audits of all categories but performance that didn't pass. */
  lacks: string[];
}

/** How many bytes of a script travel, compressed. */
const bytesOf = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { "accept-encoding": "gzip" } }, (answer) => {
      let bytes = 0;
      answer.on("data", (part: Buffer) => {
        bytes += part.length;
      });
      answer.once("end", () => resolve(bytes)).once("error", reject);
    }).once("error", reject);
  });

/**
 * Measures with an empty cache, as for a first visit: Lighthouse empties it before each run. Cookies stay.
 */
async function measure(url: string, port: number, form: (typeof forms)[number]): Promise<Measured> {
  const { stdout } = await promisify(execFile)(
    "npm",
    [
      ...["exec", "--yes", "--", LIGHTHOUSE, url, `--port=${port}`, "--output=json", "--quiet"],
      `--only-categories=${categories.join(",")}`,
      ...(form === "desktop" ? ["--preset=desktop"] : []),
    ],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const said = report.parse(JSON.parse(stdout));
  if (said.finalDisplayedUrl !== url) throw new Error(`${url} led to ${said.finalDisplayedUrl}`);
  const { items } = said.audits["network-requests"].details;
  const scripts = new Set(
    items.flatMap(({ resourceType, url }) => (resourceType === "Script" ? url : [])),
  );
  const sizes = await Promise.all([...scripts].map(bytesOf));
  const [, ...others] = categories.map((name) => said.categories[name]?.auditRefs ?? []);
  const lacks = others.flat().filter(({ id }) => said.audits[id]?.score === 0);
  return {
    scores: categories.map((name) => Math.round((said.categories[name]?.score ?? 0) * 100)),
    scriptKb: sizes.reduce((sum, size) => sum + size, 0) / 1024,
    lacks: lacks.map(({ id }) => {
      const at = places.safeParse(said.audits[id]?.details).data?.items ?? [];
      return [id, ...at.map(({ node }) => node.selector)].join(" ");
    }),
  };
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[RUNS >> 1] ?? 0;

async function signIn(context: BrowserContext, url: string, email: string | null): Promise<void> {
  await context.clearCookies();
  if (email === null) return;
  const data = { email, password: DEMO_PASSWORD };
  const answer = await context.request.post(`${url}/api/account/sign-in/email`, { data });
  if (!answer.ok()) throw new Error(`${email} can't sign in: ${await answer.text()}`);
}

await build();
const app = await startApp({ demo: true });
const port = await freePort();
const context = await chromium.launchPersistentContext("", {
  ...browserOptions,
  args: [...(browserOptions.args ?? []), `--remote-debugging-port=${port}`],
});
try {
  for (const { path, email } of pages) {
    await signIn(context, app.url, email);
    for (const form of forms) {
      const runs: Measured[] = [];
      for (let run = 0; run < RUNS; run++) {
        runs.push(await measure(`${app.url}${path}`, port, form));
      }
      const scores = categories.map((_, at) => median(runs.map((run) => run.scores[at] ?? 0)));
      const scriptKb = median(runs.map((run) => run.scriptKb));
      const passed = scores.every((score) => score >= LEAST_SCORE) && scriptKb <= MOST_SCRIPT_KB;
      if (!passed) process.exitCode = 1;
      const told = categories.map((name, at) => `${name} ${scores[at]}`).join(", ");
      const who = email ?? "guest";
      console.log(
        `${passed ? "✓" : "✗"} ${path} (${who}, ${form}): ${told}, ${scriptKb.toFixed(0)} KB JS`,
      );
      for (const one of new Set(runs.flatMap(({ lacks }) => lacks))) console.log(`    ${one}`);
    }
  }
} finally {
  await context.close();
  await app.stop();
}
