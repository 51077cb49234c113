/** What the browser is told about a page, and what it has blocked. */
import { type BrowserContext, expect, type Page } from "@playwright/test";
import type { App } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";

/** Call this at the top of a file: after each of its tests nothing may have been blocked on a watched page. */
export function watchedPolicy() {
  const blocked: string[] = [];
  test.beforeEach(() => {
    blocked.length = 0;
  });
  test.afterEach(() => {
    expect(blocked, "blocked by the policy").toEqual([]);
  });

  /** Reports each violation, from before the page's first script. */
  return async (context: BrowserContext): Promise<void> => {
    await context.exposeFunction("reportBlocked", (what: string) => blocked.push(what));
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        const { effectiveDirective, blockedURI, sourceFile, documentURI } = event;
        const report: unknown = Reflect.get(window, "reportBlocked");
        const what = `${documentURI}: ${effectiveDirective} ${blockedURI} ${sourceFile}`;
        if (typeof report === "function") report(what);
      });
    });
    context.on("console", (message) => {
      if (/content security policy/i.test(message.text())) blocked.push(message.text());
    });
  };
}

export const policyOf = (headers: { name: string; value: string }[]) =>
  headers.filter(({ name }) => name.toLowerCase() === "content-security-policy");

/** Opens the address. @returns the nonce of this answer, which all its scripts carry */
export async function open(page: Page, path: string): Promise<string> {
  const answer = await page.goto(path);
  const policies = policyOf((await answer?.headersArray()) ?? []);
  expect(policies, path).toHaveLength(1);
  const nonce = /'nonce-([^']+)'/.exec(policies[0]?.value ?? "")?.[1] ?? "";
  expect(nonce, path).not.toBe("");
  const html = (await answer?.text()) ?? "";
  const scripts = html.match(/<script\b[^>]*>/g) ?? [];
  const others = scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`));
  expect(others, `scripts of ${path} without this answer's nonce`).toEqual([]);
  return nonce;
}

/** React puts its own properties on the elements that it has taken over. */
export const isAlive = (page: Page) =>
  expect
    .poll(() =>
      page.evaluate(() =>
        [...document.querySelectorAll("a, button")].some((element) =>
          Object.keys(element).some((key) => key.startsWith("__reactProps")),
        ),
      ),
    )
    .toBe(true);

export async function toTheEnd(page: Page): Promise<void> {
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await page.waitForLoadState("networkidle");
}

/** @returns how many consents have been begun */
export async function begunConsents(app: App): Promise<number> {
  const rows = (await app.command("sql", "select count(*) as n from oauth_attempts")) as {
    n: string;
  }[];
  return Number(rows[0]?.n);
}
