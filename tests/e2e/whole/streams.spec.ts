/** Many tabs and browsers of one person follow a switch, by few streams. */
import { expect, type Page } from "@playwright/test";
import { MOST_STREAMS } from "#lib/records/limits/rules.ts";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import { bookLessons, consent, lessonPlan, type TestPerson, tutorOnZoom } from "../people.ts";
import { holdCreates, setFaults } from "../sandbox.ts";
import { expectMoved } from "../strip.ts";

// Each test continues where the one before stopped.
test.describe.configure({ mode: "serial" });

const LESSONS = 2;

let app: App;
let tutor: TestPerson;

test.beforeAll(async ({ browser }) => {
  // The callback redirects at once, so that the page itself has progress to show.
  app = await startApp({ env: { SWITCH_WAIT_SECONDS: "0" } });
  const people = await tutorOnZoom(browser, app, "Twelve");
  tutor = people.tutor;
  await bookLessons(tutor, people.student, lessonPlan(LESSONS));
});

test.afterAll(() => app?.stop());

const hold = () => holdCreates(app, "Lesson");
const letGo = () => setFaults(app, []);

test("eight tabs follow a change by one stream, and when its tab is closed another opens it", async () => {
  await hold();
  await consent(tutor, "Switch to Google Meet", "host@google.example");
  const streams = new Map<Page, number>();
  const context = tutor.page.context();
  await tutor.page.goto("/sessions");
  const tabs: Page[] = [];
  for (let count = 0; count < 8; count++) {
    const page = await context.newPage();
    page.on("request", (request) => {
      if (/\/events$/.test(request.url())) streams.set(page, (streams.get(page) ?? 0) + 1);
    });
    await page.goto("/tutor/video-setup");
    await expectMoved(page, 0);
    tabs.push(page);
  }
  expect([...streams.values()]).toEqual([1]);
  const [leader] = [...streams.keys()];
  await leader?.close();
  await expect.poll(() => streams.size).toBe(2);
  await letGo();
  const left = tabs.filter((page) => page !== leader);
  for (const page of left) await expectMoved(page, LESSONS);
  expect([...streams.values()]).toEqual([1, 1]);
  for (const page of left) await page.close();
});

test("eight browsers of one person load and follow a switch to its end, though four have a stream", async ({
  browser,
}) => {
  await hold();
  await consent(tutor, "Switch to Zoom", "host@zoom.example");
  const storageState = await tutor.page.context().storageState();
  const statuses: number[] = [];
  const tabs: Page[] = [];
  while (tabs.length < 8) {
    const context = await browser.newContext({ baseURL: app.url, storageState });
    context.on("response", (response) => {
      if (response.url().endsWith("/events")) statuses.push(response.status());
    });
    const tab = await context.newPage();
    await tab.goto("/tutor/video-setup");
    tabs.push(tab);
  }
  for (const tab of tabs) await expectMoved(tab, 0);
  await expect.poll(() => statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
  expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(MOST_STREAMS);
  await letGo();
  for (const tab of tabs) {
    await expectMoved(tab, LESSONS);
    await tab.context().close();
  }
});
