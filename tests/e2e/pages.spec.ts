/**
 * Each page of the tour, on the built app: axe finds nothing in light and dark (WCAG 2.2 AA and its own good
 * practice), marks differ in forced colours, only the page's own scripts run, it comes alive, begins no consent by
 * itself, and fits a phone, a small one and large text, however long a word is that somebody wrote, and in whatever
 * direction their name runs.
 */
import { gzipSync } from "node:zlib";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { type App, startApp } from "#tests/harness/app.ts";
import { inWhole } from "#tests/harness/extent.ts";
import { test } from "#tests/harness/fixtures.ts";
import { type Guide, meetGuide } from "#tests/tour/guide.ts";
import {
  afterTheSwitch,
  beforeTheSwitch,
  duringTheSwitch,
  heldSubjects,
  inTrouble,
  toReconnect,
} from "#tests/tour/stops.ts";
import { indistinct } from "./forcedColors.ts";
import { begunConsents, isAlive, open, toTheEnd, watchedPolicy } from "./policy.ts";

const LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitaensmuetzenkunde";
const RTL_NAME = "نورا العبدالله";
const PHONE = { width: 390, height: 844 };
const SMALL_PHONE = { width: 320, height: 568 };

let app: App;
let guide: Guide;
const watch = watchedPolicy();

test.beforeAll(async ({ browser }) => {
  // The way back from the consent leads to the page at once, so that it has progress to show.
  app = await startApp({ demo: true, env: { SWITCH_WAIT_SECONDS: "0" } });
  guide = await meetGuide(browser, app);
  await app.command("sql", `update bookings set subject = '${LONG_WORD} ' || subject`);
  await app.command(
    "sql",
    `update people set name = '${LONG_WORD} ' || name || ' ${RTL_NAME}' where role <> 'admin'`,
  );
});
test.afterAll(() => app?.stop());

/** The only rules whose result a colour scheme can change. */
const COLOURS = ["color-contrast", "link-in-text-block"];

/** Checks by all rules, or only by those named. */
async function violationsOf(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target, html }) => `${target} ${html}`).join(" | ")}`,
  );
}

/** What makes the page wider than its window; empty where nothing does. */
const sideways = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter(
      (element) => element.getBoundingClientRect().right > clientWidth,
    );
    return [
      `${scrollWidth - clientWidth} px`,
      ...wide.map(({ outerHTML }) => outerHTML.slice(0, 120)),
    ];
  });

const checks = (stop: (typeof beforeTheSwitch)[number]) =>
  test(`nothing on ${stop.name} keeps anybody out, and only its own scripts run`, async () => {
    const begun = await begunConsents(app);
    const look = { locale: "en", colorScheme: "light", reducedMotion: "reduce" } as const;
    const page = await guide.page(stop.visitor, look);
    await watch(page.context());
    const path = typeof stop.path === "string" ? stop.path : stop.path(guide.facts);
    const first = await open(page, path);
    expect(await open(page, path), "a nonce of each answer's own").not.toBe(first);
    await isAlive(page);
    await stop.prepare?.(page, "en");
    expect(await violationsOf(page), "light").toEqual([]);
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    expect(await violationsOf(page, COLOURS), "dark").toEqual([]);
    expect(await indistinct(page), "in forced colours").toEqual([]);
    await toTheEnd(page);
    await page.setViewportSize(PHONE);
    expect(await sideways(page), "scrolls sideways on a phone").toEqual([]);
    await page.setViewportSize(SMALL_PHONE);
    expect(await sideways(page), "scrolls sideways at 320 px").toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.evaluate(() => {
      document.documentElement.style.fontSize = "200%";
    });
    expect(await sideways(page), "scrolls sideways with large text").toEqual([]);
    await page.setViewportSize(PHONE);
    expect(await sideways(page), "scrolls sideways on a phone with large text").toEqual([]);
    expect(await begunConsents(app)).toBe(begun);
    await page.context().close();
  });

/** Of the pages that differ only in what they have to show, one. */
const sample = new Set(["door", "video-setup-during", "video-setup-after"]);
const isPlayed = inWhole(
  () => true,
  ({ name }: { name: string }) => sample.has(name),
);

test("the pages of the sample are pages of the tour", () => {
  const all = [
    ...beforeTheSwitch,
    ...duringTheSwitch,
    ...afterTheSwitch,
    ...toReconnect,
    ...inTrouble,
  ];
  const names = all.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining([...sample]));
});

/** Of the scripts that a first visit brings. What a page loads when it is wanted doesn't count. */
const MOST_SCRIPT_KB = 200;

test(`no page brings more than ${MOST_SCRIPT_KB} KB of scripts`, async () => {
  const weights = new Map<string, Promise<number>>();
  const weigh = async (script: string) => {
    const answer = await fetch(app.url + script);
    expect(answer.status, script).toBe(200);
    return gzipSync(await answer.bytes()).length / 1024;
  };
  const heavy: string[] = [];
  for (const { name, visitor, path } of beforeTheSwitch) {
    const page = await guide.page(visitor);
    const answer = await page.request.get(typeof path === "string" ? path : path(guide.facts));
    const tags = (await answer.text()).match(/<script\b[^>]*>/g) ?? [];
    // Today's browsers leave alone what is for those without modules.
    const modern = tags.filter((tag) => !/\bnomodule\b/i.test(tag));
    let sum = 0;
    for (const script of new Set(
      modern.flatMap((tag) => / src="(\/[^"]+)"/.exec(tag)?.[1] ?? []),
    )) {
      if (!weights.has(script)) weights.set(script, weigh(script));
      sum += (await weights.get(script)) ?? 0;
    }
    expect(sum, name).toBeGreaterThan(50);
    if (sum > MOST_SCRIPT_KB) heavy.push(`${name}: ${sum.toFixed(0)} KB`);
    await page.context().close();
  }
  expect(heavy).toEqual([]);
});

for (const stop of beforeTheSwitch.filter(isPlayed)) checks(stop);

test.describe("during a switch", () => {
  test.beforeAll(() => guide.beginSwitch("Google Meet", ...heldSubjects));
  for (const stop of duringTheSwitch.filter(isPlayed)) checks(stop);
});

test.describe("after a switch", () => {
  test.beforeAll(() => guide.endSwitch());
  for (const stop of afterTheSwitch.filter(isPlayed)) checks(stop);
  test.describe("and after the consent was taken back", () => {
    test.beforeAll(() => guide.loseConnection());
    for (const stop of toReconnect.filter(isPlayed)) checks(stop);
    test.describe("and to a provider that refuses some lessons and makes no more rooms today", () => {
      test.beforeAll(() => guide.meetTrouble());
      for (const stop of inTrouble.filter(isPlayed)) checks(stop);
    });
  });
});
