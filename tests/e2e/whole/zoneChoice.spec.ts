/** A time zone is chosen by the words that people have for places, with the mouse and with the keyboard alone. */
import { expect } from "@playwright/test";
import { test } from "#tests/harness/fixtures.ts";
import { isAlive } from "../policy.ts";

test("what is typed is chosen by Enter, by Tab and by a click, and sends no form", async ({
  segue,
  browser,
}) => {
  const app = await segue();
  const page = await browser.newPage({ baseURL: app.url, timezoneId: "Europe/Berlin" });
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") sent.push(request.url());
  });
  await page.goto("/sign-up");
  const zone = page.getByRole("combobox", { name: "Time zone" });
  await expect(zone).toHaveValue("Europe/Berlin");

  await zone.click();
  await expect(page.getByRole("option").first()).toBeVisible();
  await expect(page.getByRole("option", { name: "Europe/Berlin" })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await page.keyboard.press("Escape");
  await expect(zone).toHaveValue("Europe/Berlin");
  await page.reload();
  await isAlive(page);

  await zone.focus();
  await page.keyboard.type("new york");
  await expect(page.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(zone).toHaveValue("America/New_York");

  await zone.fill("tok");
  await expect(page.getByRole("option")).toContainText(["Asia/Tokyo"]);
  await page.keyboard.press("Tab");
  await expect(zone).toHaveValue("Asia/Tokyo");

  // What the arrow marks is taken, and not the first.
  await zone.fill("san jose");
  await expect(page.getByRole("option")).toHaveCount(2);
  const marked = page.locator("[data-combobox-selected]");
  // While the list is still opening, an arrow may mark the first.
  await expect(async () => {
    await page.keyboard.press("ArrowDown");
    await expect(marked).toContainText("America/Costa_Rica", { timeout: 1_000 });
  }).toPass();
  await page.keyboard.press("Tab");
  await expect(zone).toHaveValue("America/Costa_Rica");

  // The zone that is set already, and then on to the next field.
  await zone.fill("tokyo");
  await page.keyboard.press("Enter");
  await expect(zone).toHaveValue("Asia/Tokyo");
  await zone.fill("asia");
  await page.getByRole("option", { name: "Asia/Tokyo" }).click();
  await page.keyboard.press("Tab");
  await expect(zone).toHaveValue("Asia/Tokyo");

  // Somewhere else is pressed: a beginning that several zones have is no choice, a whole name is one.
  await zone.fill("eu");
  await page.getByRole("heading", { level: 1 }).click();
  await expect(zone).toHaveValue("Asia/Tokyo");
  await zone.fill("paris");
  await page.getByRole("heading", { level: 1 }).click();
  await expect(zone).toHaveValue("Europe/Paris");

  await zone.fill("tok");
  await page.keyboard.press("Enter");
  await zone.fill("xyzzy");
  await expect(page.getByText("No match.")).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(zone).toHaveValue("Asia/Tokyo");

  await zone.fill("kolkata");
  await page.keyboard.press("Escape");
  await expect(zone).toHaveValue("Asia/Tokyo");

  await zone.fill("Zürich");
  await page.getByRole("option", { name: "Europe/Zurich" }).click();
  await expect(zone).toHaveValue("Europe/Zurich");
  expect(sent).toEqual([]);
  expect(new URL(page.url()).pathname).toBe("/sign-up");
  await page.close();
});
