/** A screen reader inside the pages of a browser context: it says what a real one would, and remembers it. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { virtual } from "@guidepup/virtual-screen-reader";
import { type BrowserContext, expect, type Page } from "@playwright/test";
import { PATIENCE_MS } from "#tests/harness/patience.ts";

const MOST_STEPS = 300;
const PATH = "/virtual-screen-reader.js";
const bundle = createRequire(import.meta.url).resolve("@guidepup/virtual-screen-reader/browser.js");

declare global {
  interface Window {
    reader?: { virtual: typeof virtual; heard: number };
  }
}

/** The context must bypass the pages' policy, which lets no other script in. */
export async function readAloud(context: BrowserContext): Promise<void> {
  const body = readFileSync(bundle, "utf8");
  await context.route(`**${PATH}`, (route) =>
    route.fulfill({ body, contentType: "text/javascript" }),
  );
  await context.addInitScript((path) => {
    addEventListener("DOMContentLoaded", async () => {
      const { virtual } = await import(location.origin + path);
      await virtual.start({ container: document.body });
      window.reader = { virtual, heard: 0 };
    });
  }, PATH);
}

export async function isReading(page: Page): Promise<void> {
  await page.waitForFunction(() => window.reader !== undefined);
}

/** @returns what was said on this page since it was last asked */
export const heard = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const { reader } = window;
    if (!reader) throw new Error("Nobody reads this page");
    const log = await reader.virtual.spokenPhraseLog();
    const fresh = log.slice(reader.heard);
    reader.heard = log.length;
    return fresh;
  });

/** Reads on from where the reader is, until it says something that begins so. */
export const readUntil = (page: Page, beginning: string): Promise<void> =>
  page.evaluate(
    async ({ wanted, most }) => {
      for (let step = 0; step < most; step++) {
        await window.reader?.virtual.next();
        if ((await window.reader?.virtual.lastSpokenPhrase())?.startsWith(wanted)) return;
      }
    },
    { wanted: beginning, most: MOST_STEPS },
  );

/** Resolves when something was said that contains this. It may be said a moment after it is seen. */
export const isSaid = (page: Page, words: string): Promise<void> =>
  expect
    .poll(
      () =>
        page.evaluate(async () =>
          (await window.reader?.virtual.spokenPhraseLog())?.slice(window.reader?.heard).join(" "),
        ),
      { timeout: PATIENCE_MS },
    )
    .toContain(words);
