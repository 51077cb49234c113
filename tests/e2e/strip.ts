import { expect, type Page } from "@playwright/test";

/** Resolves when the strip of the newest change shows that so many of its lessons have moved. */
export async function expectMoved(page: Page, moved: number): Promise<void> {
  const strip = page.getByRole("main").getByRole("progressbar", { name: "Lessons moved" });
  await expect(strip).toHaveAttribute("aria-valuenow", `${moved}`);
  await expect(strip.locator('[data-kind="moved"]')).toHaveCount(moved);
}
