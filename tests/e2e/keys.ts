/** The actions of somebody who has a keyboard and no mouse. */
import { expect, type Locator, type Page } from "@playwright/test";

const MOST_STOPS = 60;

/** Presses Tab until the focus is on the target, as somebody would who can see the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reached ${target}`);
}

export async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

/** A dialog or menu becomes visible a moment before the focus is in it. */
export async function expectFocusIn(layer: Locator): Promise<void> {
  await expect(layer.locator(":focus")).toHaveCount(1);
}

/** Presses Escape as somebody quicker than the dialog would: it closes before the focus has reached it. */
export const escapeAsItComes = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        new MutationObserver((_, observer) => {
          if (!document.querySelector("[role=dialog]")) return;
          observer.disconnect();
          document.body.dispatchEvent(
            new KeyboardEvent("keydown", { key: "Escape", bubbles: true }),
          );
          resolve();
        }).observe(document.body, { childList: true, subtree: true });
      }),
  );
