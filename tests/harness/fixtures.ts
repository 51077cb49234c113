/** `test` for the browser tests. Whatever a test starts ends with it, whether it passes or fails. */
import { test as base } from "@playwright/test";
import { type App, type AppOptions, startApp } from "./app.ts";

interface Fixtures {
  /** Starts a Segue for this test alone. */
  segue: (options?: AppOptions) => Promise<App>;
}

export const test = base.extend<Fixtures>({
  segue: async ({}, use, testInfo) => {
    const apps: App[] = [];
    await use(async (options) => {
      const app = await startApp(options);
      apps.push(app);
      return app;
    });
    await Promise.all(apps.map((app) => app.stop()));
    if (testInfo.status === testInfo.expectedStatus) return;
    for (const app of apps) await testInfo.attach("output", { body: app.output() });
  },
});
