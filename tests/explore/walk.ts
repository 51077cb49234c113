/** One step of somebody who presses whatever there is. The same seed presses the same, as long as the pages are the same. */
import type { Locator, Page } from "@playwright/test";

export type Random = () => number;

/** Repeats itself for the same seed. */
export function randomOf(seed: number): Random {
  let state = (seed * 48_271) % 2_147_483_647 || 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** What would end the walk, or the person: a walk without an account shows nothing. */
const NOT_PRESSED = /sign out|delete|language|deutsch|español|english|password|address|download/i;
const CONTROLS = [
  "main a[href]:not([target])",
  "main button",
  "main summary",
  "header nav a, header nav button",
  "[role=menuitem]",
  "[role=tab]",
  "[role=dialog] button, [role=dialog] a[href]",
].join(", ");
const TYPED = [
  "Algebra",
  "Zoë O’Neill",
  "نورا",
  "0",
  "<b>x</b>",
  " ",
  "2031-02-03",
  "16:30",
  "💡".repeat(9),
];

/** @returns what was done, in words */
export async function step(page: Page, random: Random): Promise<string> {
  if (new URL(page.url()).pathname.match(/^\/(google|zoom)\//)) return consent(page);
  const dice = random();
  if (dice < 0.06) return pressed(page, "Escape");
  if (dice < 0.12) return pressed(page, "Tab");
  if (dice < 0.14) return pressed(page, "Control+K");
  if (dice < 0.17) {
    await page.goBack().catch(() => undefined);
    return "went back";
  }
  // What lies behind a dialog is out of reach for people.
  const place = (await page.locator("[role=dialog]").count()) > 0 ? "[role=dialog]" : "main";
  if (dice < 0.25) {
    const field = await oneOf(page.locator(`${place} input:visible`), random);
    if (field) return typeInto(field, random);
  }
  const inDialog = page.locator("[role=dialog] button:visible, [role=dialog] a[href]:visible");
  const among =
    place !== "main" && (await inDialog.count()) > 0 ? inDialog : page.locator(CONTROLS);
  const control = await oneOf(among, random);
  if (!control) return "found nothing to press";
  const name = (await control.evaluate((element) => element.textContent ?? "")).trim().slice(0, 60);
  if (NOT_PRESSED.test(name)) return `left “${name}” alone`;
  // What covers it, or has just gone, is somebody else's step.
  const isDone = await control.click({ timeout: 1_500 }).then(
    () => true,
    () => false,
  );
  return isDone ? `pressed “${name}”` : `couldn't press “${name}”`;
}

async function oneOf(all: Locator, random: Random): Promise<Locator | null> {
  const count = await all.count();
  if (count === 0) return null;
  const one = all.nth(Math.floor(random() * count));
  const isUsable = (await one.isVisible()) && (await one.isEnabled());
  return isUsable ? one : null;
}

async function typeInto(field: Locator, random: Random): Promise<string> {
  const text = TYPED[Math.floor(random() * TYPED.length)] ?? "";
  const isDone = await field.fill(text, { timeout: 1_500 }).then(
    () => true,
    () => false,
  );
  return isDone ? `typed “${text}”` : "couldn't type";
}

async function pressed(page: Page, key: string): Promise<string> {
  await page.keyboard.press(key);
  return `key ${key}`;
}

async function consent(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Allow" }).click();
  await page.waitForURL("**/tutor/video-setup**");
  return "consented";
}
