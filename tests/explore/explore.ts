/**
 * `npm run explore [-- --steps 3000 --as tutor --seed 1]`: somebody presses whatever there is in the demo, and after each
 * step everything in `properties.ts` has to hold, no answer may be an error of the server, and the console stays empty.
 * Ends with 1 at the first violation, and says which steps led there.
 */
import { setTimeout as rest } from "node:timers/promises";
import { parseArgs } from "node:util";
import { chromium, type Page } from "@playwright/test";
import { build } from "#cli/build.ts";
import { isAlive } from "#tests/e2e/policy.ts";
import { startApp } from "#tests/harness/app.ts";
import { browserOptions } from "#tests/harness/browser.ts";
import { type Guide, meetGuide } from "#tests/tour/guide.ts";
import type { Visitor } from "#tests/tour/stops.ts";
import { factsOf, properties } from "./properties.ts";
import { randomOf, step } from "./walk.ts";

const { values } = parseArgs({
  options: {
    steps: { type: "string", default: "3000" },
    as: { type: "string", default: "tutor" },
    seed: { type: "string", default: "1" },
    /** Breaks the pages on purpose, to see that it is noticed. */
    planted: { type: "boolean", default: false },
  },
});
const homes: Partial<Record<Visitor, string>> = {
  tutor: "/tutor/video-setup",
  student: "/sessions",
  admin: "/support",
};
const visitor: Visitor = values.as === "support" ? "admin" : (values.as as Visitor);
const home = homes[visitor];
if (!home) throw new Error("--as is tutor, student or support");
/** So many steps are told where a property breaks. */
const TOLD = 12;
const REST_MS = 150;

async function explore(page: Page, path: string): Promise<string | null> {
  const random = randomOf(Number(values.seed));
  const done: string[] = [];
  let trouble: string | null = null;
  page.on("response", (answer) => {
    if (answer.status() >= 500) trouble = `${answer.status()} from ${answer.url()}`;
  });
  page.on("pageerror", (error) => {
    trouble = `an error in the page: ${error.message}`;
  });
  await page.goto(path);
  for (let count = 0; count < Number(values.steps); count++) {
    const hadDialog = (await page.locator("[role=dialog]").count()) > 0;
    const did = await step(page, random);
    done.push(`${new URL(page.url()).pathname}: ${did}`);
    await rest(REST_MS);
    if (!page.url().includes("127.0.0.1") || !(await isHere(page))) await goHome(page, path);
    const broken = trouble ?? (await brokenOn(page, hadDialog && did === "key Escape"));
    if (broken) return [`step ${count + 1}: ${broken}`, ...done.slice(-TOLD)].join("\n  ");
    if ((count + 1) % 250 === 0) console.log(`${count + 1} steps`);
  }
  return null;
}

/** What was pressed last may still lead somewhere else, and that comes first. */
async function goHome(page: Page, path: string): Promise<void> {
  try {
    await page.goto(path);
  } catch (error) {
    if (!`${error}`.includes("interrupted by another navigation")) throw error;
    await page.waitForLoadState();
    await page.goto(path);
  }
}

/** Whether it is a page of ours, and comes alive. */
async function isHere(page: Page): Promise<boolean> {
  if (/\/(google|zoom|meet)\//.test(page.url())) return true;
  return isAlive(page).then(
    () => true,
    () => false,
  );
}

async function brokenOn(page: Page, hasClosed: boolean): Promise<string | null> {
  if (/\/(google|zoom|meet)\//.test(page.url())) return null;
  if (values.planted) {
    await page.evaluate(() => document.querySelector("main [data-kind=moved]")?.remove());
  }
  // What breaks for a moment, while the page is read again, is no state that people see.
  for (let look = 0; ; look++) {
    const facts = await factsOf(page, hasClosed);
    const broken = properties
      .map(({ says, breaks }) => ({ says, what: breaks(facts) }))
      .find(({ what }) => what !== null);
    if (!broken) return null;
    if (look === 4) return `${broken.says}: ${broken.what}`;
    await rest(400);
  }
}

await build();
const app = await startApp({ demo: true, env: { SWITCH_WAIT_SECONDS: "0" } });
const browser = await chromium.launch(browserOptions);
try {
  const guide: Guide = await meetGuide(browser, app);
  const page = await guide.page(visitor, { locale: "en-GB" });
  const broken = await explore(page, home);
  console.log(
    `${values.steps} steps as ${values.as}, seed ${values.seed}: ${broken ? "1 violation" : "0 violations"}`,
  );
  if (broken) {
    console.log(broken);
    process.exitCode = 1;
  }
} finally {
  await browser.close();
  await app.stop();
}
