/** `test` for the browser tests. Whatever a test starts ends with it, whether it passes or fails. */
import { type Browser, test as base, type Page } from "@playwright/test";
import { type App, type AppOptions, startApp } from "./app.ts";

interface Fixtures {
  /** Starts a Segue for this test alone. */
  segue: (options?: AppOptions) => Promise<App>;
}

export const test = base.extend<Fixtures, { browser: Browser }>({
  browser: [async ({ browser }, use) => use(patient(browser)), { scope: "worker" }],
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

/**
 * What is pressed before a page's script runs is lost, and a person presses again. Tests press once, so their
 * pages count as loaded only when the script runs.
 */
function patient(browser: Browser): Browser {
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext(options);
    if (options?.javaScriptEnabled === false) return context;
    const newPage = context.newPage.bind(context);
    context.newPage = async () => onceLive(await newPage());
    return context;
  };
  return browser;
}

function onceLive(page: Page): Page {
  const live = () =>
    page.waitForFunction(
      () => "live" in document.documentElement.dataset || !document.querySelector("main#content"),
    );
  const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
  page.goto = async (...args) => {
    const answer = await goto(...args);
    await live();
    return answer;
  };
  page.reload = async (...args) => {
    const answer = await reload(...args);
    await live();
    return answer;
  };
  return page;
}
