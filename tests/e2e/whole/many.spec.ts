/** A tutor of many years: their lessons are more than one page holds. */
import { expect } from "@playwright/test";
import type { App } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import { bookLessons, lessonPlan, tutorOnZoom } from "../people.ts";
import { holdCreates } from "../sandbox.ts";

/** Repeats the one lesson that there is, on other days. */
const repeat = (app: App, days: string, status: string) =>
  app.command(
    "sql",
    `insert into sessions (booking_id, tutor_id, student_id, title, scheduled_start_at,
       scheduled_end_at, status)
     select booking_id, tutor_id, student_id, title, scheduled_start_at + day * interval '1 day',
       scheduled_end_at + day * interval '1 day', ${status}
     from sessions, ${days}`,
  );

test("the page of lessons stays small, and leads to all of them", async ({ browser, segue }) => {
  const app = await segue({ env: { SWITCH_WAIT_SECONDS: "0" } });
  const { tutor, student } = await tutorOnZoom(browser, app, "Ninety");
  await bookLessons(tutor, student, lessonPlan(1));
  const days = "generate_series(-700, 390) as day where day not in (-2, -1, 0)";
  await repeat(app, days, "case when day < 0 then 'COMPLETED' else 'SCHEDULED' end");
  const { page } = tutor;
  const answer = await page.goto("/sessions");
  expect((await answer?.body())?.length).toBeLessThan(600_000);

  const main = page.getByRole("main");
  const list = main.getByRole("tabpanel").getByRole("listitem");
  const showAll = async () => {
    const more = main.getByRole("button", { name: /^Show \d+ more$/ });
    while ((await more.count()) > 0) await more.click();
  };
  await showAll();
  const shown = await list.count();
  await main.getByRole("link", { name: /^Lessons from .+ on$/ }).click();
  await expect(main.getByRole("link", { name: "Back to the next lessons" })).toBeVisible();
  await showAll();
  expect(shown + (await list.count())).toBeGreaterThanOrEqual(390);

  const dayAt = (days: number) =>
    new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  await page.goto(`/sessions?view=past&until=${dayAt(-650)}`);
  await expect(list).toHaveCount(10);
  await main.getByRole("link", { name: "Back to the last lessons" }).click();
  await expect(page).not.toHaveURL(/until/);

  await page.goto(`/sessions?view=week&week=${dayAt(350)}`);
  await expect(main.locator("[data-provider], [data-status]").first()).toBeVisible();
  await main.getByRole("link", { name: "Next week" }).click();
  await expect(main.locator("[data-status]").first()).toBeVisible();
});

test("however many lessons were cancelled, the open one behind them is the next, and all of them are found", async ({
  browser,
  segue,
}) => {
  const app = await segue({ env: { SWITCH_WAIT_SECONDS: "0" } });
  const { tutor, student } = await tutorOnZoom(browser, app, "Cancelled");
  const [booked] = await bookLessons(tutor, student, lessonPlan(1));
  const status = "case when day = 300 then 'SCHEDULED' else 'CANCELLED' end";
  await repeat(app, "generate_series(1, 300) as day", status);
  const answer = await tutor.api.post(`/api/sessions/${booked?.id}/cancel`);
  expect(answer.status(), await answer.text()).toBe(200);
  const { page } = tutor;
  await page.goto("/sessions");
  const main = page.getByRole("main");
  await expect(main.getByRole("region", { name: "Next lesson" })).toBeVisible();

  await main.getByRole("tab", { name: "Past and cancelled" }).click();
  const list = main.getByRole("tabpanel").getByRole("listitem");
  const more = main.getByRole("button", { name: /^Show \d+ more$/ });
  const earlier = main.getByRole("link", { name: /^Lessons until .+$/ });
  let seen = 0;
  for (let pages = 1; pages <= 3; pages++) {
    await expect(list).toHaveCount(10);
    while ((await more.count()) > 0) await more.click();
    seen += await list.count();
    if (pages < 3) await earlier.click();
    await expect(page).toHaveURL(pages < 3 ? /until/ : /view=past/);
  }
  await expect(earlier).toHaveCount(0);
  expect(seen).toBe(300);

  await page.goto("/sessions?provider=google_meet");
  await expect(
    main.getByText("None of the lessons shown here matches these filters."),
  ).toBeVisible();
  await main.getByRole("tab", { name: "Week" }).click();
  await expect(main.getByRole("link", { name: "Next week" })).toBeVisible();
});

for (const count of [100, 300, 1_000]) {
  test(`a change of ${count} lessons is one strip that fits a phone's screen`, async ({
    browser,
    segue,
  }) => {
    const app = await segue({ env: { SWITCH_WAIT_SECONDS: "0" } });
    const { tutor, student } = await tutorOnZoom(browser, app, `Strip ${count}`);
    await bookLessons(tutor, student, lessonPlan(1));
    await repeat(app, `generate_series(1, ${count - 1}) as day`, "'SCHEDULED'");
    await holdCreates(app, "Lesson");
    expect((await tutor.api.post("/api/sessions/migrate-provider")).status()).toBe(202);
    const { page } = tutor;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/tutor/video-setup");
    const strip = page.getByRole("main").getByRole("progressbar", { name: "Lessons moved" });
    await expect(strip.locator("[data-kind]")).toHaveCount(count);
    const box = await strip.boundingBox();
    expect(box?.height).toBeLessThan(700);
    expect(box?.width).toBeLessThanOrEqual(390);
  });
}
