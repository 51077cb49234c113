/** Checks each page of the tour with axe, light and dark, by WCAG 2.2 AA and axe's own good practice. */
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import { type Guide, meetGuide } from "#tests/tour/guide.ts";
import { afterTheSwitch, beforeTheSwitch } from "#tests/tour/stops.ts";

let app: App;
let guide: Guide;

test.beforeAll(async ({ browser }) => {
  app = await startApp({ demo: true });
  guide = await meetGuide(browser, app);
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

const checks = (stop: (typeof beforeTheSwitch)[number]) =>
  test(`nothing on ${stop.name} keeps anybody out, in light and dark`, async () => {
    const page = await guide.show(stop, { colorScheme: "light", reducedMotion: "reduce" });
    expect(await violationsOf(page), "light").toEqual([]);
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    expect(await violationsOf(page, COLOURS), "dark").toEqual([]);
    await page.context().close();
  });

for (const stop of beforeTheSwitch) checks(stop);

test.describe("after a switch", () => {
  test.beforeAll(() => guide.switchTo("Google Meet"));
  for (const stop of afterTheSwitch) checks(stop);
});
