/** A tutor of many years: their lessons are more than one page holds. */
import { expect } from "@playwright/test";
import { test } from "#tests/harness/fixtures.ts";
import { bookLessons, lessonPlan, tutorOnZoom } from "./people.ts";

test("the page of lessons stays small, and leads to all of them", async ({ browser, segue }) => {
  const app = await segue({ env: { SWITCH_WAIT_SECONDS: "0" } });
  const { tutor, student } = await tutorOnZoom(browser, app, "Ninety");
  await bookLessons(tutor, student, lessonPlan(1));
  await app.command(
    "sql",
    `insert into sessions (booking_id, tutor_id, student_id, title, scheduled_start_at,
       scheduled_end_at, status)
     select booking_id, tutor_id, student_id, title, scheduled_start_at + day * interval '1 day',
       scheduled_end_at + day * interval '1 day',
       case when day < 0 then 'COMPLETED' else 'SCHEDULED' end
     from sessions, generate_series(-700, 390) as day where day not in (-2, -1, 0)`,
  );
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
