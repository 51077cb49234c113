/**
 * `npm run screenshots [-- <name> …] [--language de]`: takes pictures of every page of the tour, on phone and
 * desktop, light and dark, into `screenshots/<language>/`. Somebody then examines them one by one.
 */
import { mkdirSync, rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { build } from "#cli/build.ts";
import { DEFAULT_LANGUAGE } from "#lib/platform/words.ts";
import { startApp } from "#tests/harness/app.ts";
import { browserOptions } from "#tests/harness/browser.ts";
import { type Guide, meetGuide } from "./guide.ts";
import {
  afterTheSwitch,
  beforeTheSwitch,
  duringTheSwitch,
  heldSubjects,
  inTrouble,
  type Stop,
  toReconnect,
} from "./stops.ts";

const widths = { phone: 390, desk: 1280 };
const schemes = ["light", "dark"] as const;

async function picture(guide: Guide, stop: Stop, folder: string): Promise<void> {
  for (const [device, width] of Object.entries(widths)) {
    for (const colorScheme of schemes) {
      const look = {
        viewport: { width, height: 844 },
        colorScheme,
        reducedMotion: "reduce",
      } as const;
      const page = await guide.show(stop, look);
      await page.waitForLoadState("networkidle");
      // The viewport is as tall as the page. Otherwise a bar at the foot of a phone's screen would stand in
      // the middle of the picture.
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: `${folder}/${stop.name}-${device}-${colorScheme}.png` });
      await page.context().close();
    }
  }
  console.log(stop.name);
}

async function main(names: string[], language: string): Promise<void> {
  const folder = `screenshots/${language}`;
  const isWanted = ({ name }: Stop) => names.length === 0 || names.includes(name);
  if (names.length === 0) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await build();
  // The way back from the consent leads to the page at once, so that it has progress to show.
  const app = await startApp({ demo: true, env: { SWITCH_WAIT_SECONDS: "0" } });
  const browser = await chromium.launch(browserOptions);
  try {
    const guide = await meetGuide(browser, app, language);
    for (const stop of beforeTheSwitch.filter(isWanted)) await picture(guide, stop, folder);
    await guide.beginSwitch("Google Meet", ...heldSubjects);
    for (const stop of duringTheSwitch.filter(isWanted)) await picture(guide, stop, folder);
    await guide.endSwitch();
    for (const stop of afterTheSwitch.filter(isWanted)) await picture(guide, stop, folder);
    await guide.loseConnection();
    for (const stop of toReconnect.filter(isWanted)) await picture(guide, stop, folder);
    await guide.meetTrouble();
    for (const stop of inTrouble.filter(isWanted)) await picture(guide, stop, folder);
  } finally {
    await browser.close();
    await app.stop();
  }
}

const { values, positionals } = parseArgs({
  options: { language: { type: "string", default: DEFAULT_LANGUAGE } },
  allowPositionals: true,
});
await main(positionals, values.language);
