import { defineConfig } from "@playwright/test";
import { browserOptions } from "#tests/harness/browser.ts";
import { inWhole } from "#tests/harness/extent.ts";
import { PATIENCE_MS, TEST_PATIENCE_MS } from "#tests/harness/patience.ts";

export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results/e2e",
  globalSetup: "tests/harness/build.ts",
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  // As in vitest.config.ts.
  testIgnore: inWhole([], ["**/whole/**"]),
  grepInvert: inWhole<RegExp[]>([], [/@whole/]),
  timeout: TEST_PATIENCE_MS,
  expect: { timeout: PATIENCE_MS },
  reporter: [["list"], ["json", { outputFile: "test-results/playwright.json" }]],
  use: {
    browserName: "chromium",
    actionTimeout: PATIENCE_MS,
    navigationTimeout: PATIENCE_MS,
    trace: "off",
    // A time zone that is neither UTC nor likely to be the machine's.
    timezoneId: "America/St_Johns",
    locale: "en-GB",
    launchOptions: browserOptions,
  },
});
