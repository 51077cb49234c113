import { defineConfig } from "@playwright/test";
import { browserOptions } from "#tests/harness/browser.ts";

export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results/e2e",
  globalSetup: "tests/harness/build.ts",
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/playwright.json" }]],
  use: {
    browserName: "chromium",
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    trace: "off",
    // A zone that is neither UTC nor likely to be the machine's.
    timezoneId: "America/St_Johns",
    locale: "en-GB",
    launchOptions: browserOptions,
  },
});
