/** One lesson, or a whole series, at another time: as the tutor decides it, and as the student's side asks for it. */
import { expect, type Page } from "@playwright/test";
import type { SessionView } from "#lib/services/sessions/views.ts";
import type { App } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import { sessionsOf, type TestPerson, tutorOnZoom } from "../people.ts";
import { mailsTo } from "../sandbox.ts";

/** Far enough for every clock, and near enough to be booked. */
const YEAR = new Date().getUTCFullYear() + 1;

test("a student and a guardian's link ask for another time, and the tutor answers where they see it first", async ({
  segue,
  browser,
}) => {
  const app = await segue();
  const { tutor, student } = await tutorOnZoom(browser, app, "Changes");
  const [lesson] = await series(tutor, student);
  await student.page.goto(`/sessions/${lesson.id}`);
  await choose(student.page, "Ask for another time");
  await student.page.getByLabel("When would suit you?").fill(`${YEAR}-03-04T11:30`);
  await student.page.getByLabel(/^Message to/).fill("I have a match.");
  await student.page.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(student.page.getByText(/^You asked for/)).toBeVisible();

  const { page } = tutor;
  await page.goto("/sessions");
  const alert = page.getByRole("alert").filter({ hasText: "Somebody asks for another time" });
  await expect(alert.getByText("“I have a match.”")).toBeVisible();
  await alert.getByRole("button", { name: /^Move it to/ }).click();
  await expect(alert).toHaveCount(0);
  expect((await sessionsOf(tutor))[0]?.startsAtLocal).toBe(`${YEAR}-03-04T11:30`);

  const phone = await (
    await browser.newContext({ viewport: { width: 390, height: 844 } })
  ).newPage();
  await phone.goto(await linkIn(app, student.email));
  await phone.getByRole("button", { name: "Ask for another time" }).click();
  const when = phone.getByLabel("When would suit you?");
  await expect(when).toBeFocused();
  await when.fill(`${YEAR}-03-05T09:00`);
  await phone.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(phone.getByText(/^You asked for/)).toBeVisible();
  await expect(phone.getByRole("region", { name: "Ask for another time" })).toBeFocused();
  await page.goto(`/sessions/${lesson.id}`);
  await page.getByRole("button", { name: "Decline", exact: true }).click();
  await page.getByLabel(/^Message to/).fill("I teach then.");
  await page.getByRole("button", { name: "Decline other time" }).click();
  await expect(alert).toHaveCount(0);
  await phone.reload();
  await expect(phone.getByText(/can’t move the lesson/)).toBeVisible();
  await expect(phone.getByText("“I teach then.”")).toBeVisible();
  await phone.context().close();
});

test("a tutor calls off a whole booking where it stands, after being asked", async ({
  segue,
  browser,
}) => {
  const app = await segue();
  const { tutor, student } = await tutorOnZoom(browser, app, "Off");
  await series(tutor, student);
  const { page } = tutor;
  await page.goto("/bookings");
  const accepted = page.getByRole("region", { name: "Accepted" });
  await accepted.getByRole("button", { name: "Cancel booking" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(/^3 lessons: .+ to .+\.$/)).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel booking" }).click();
  await expect(page.getByText("The booking is cancelled.")).toBeVisible();
  await expect(accepted).toHaveCount(0);
  expect((await sessionsOf(tutor)).map(({ status }) => status)).toEqual(Array(3).fill("CANCELLED"));
});

test("the tutor moves a lesson with the following ones, and cancels all of a series after being asked", async ({
  segue,
  browser,
}) => {
  const app = await segue();
  const { tutor, student } = await tutorOnZoom(browser, app, "Series");
  const [, second] = await series(tutor, student);
  const { page } = tutor;
  await page.goto(`/sessions/${second?.id}`);
  await choose(page, "Reschedule");
  await page.getByRole("radio", { name: "This and the following" }).check();
  const field = page.getByLabel("New date and time");
  const shown = await field.inputValue();
  await field.fill(shown.replace(/\d\d$/, "20"));
  await page.getByRole("button", { name: "Move lessons" }).click();
  await expect(page.getByText("The lessons are moved")).toBeVisible();
  const minutes = (await sessionsOf(tutor)).map(({ startsAtLocal: local }) => local.slice(-2));
  expect(minutes).toEqual(["00", "20", "20"]);

  await choose(page, "Cancel lesson");
  await page.getByRole("radio", { name: "All 3 that are still to come" }).check();
  await page.getByLabel(/^Message to/).fill("I move away.");
  await page.getByRole("button", { name: "Cancel 3 lessons: Algebra" }).click();
  await expect(page.getByText("The lessons are cancelled.")).toBeVisible();
  expect((await sessionsOf(tutor)).map(({ status }) => status)).toEqual(Array(3).fill("CANCELLED"));
  await student.page.goto(`/sessions/${second?.id}`);
  await expect(student.page.getByText(/wrote when cancelling: “I move away.”/)).toBeVisible();
});

/** Three weekly lessons. */
async function series(tutor: TestPerson, student: TestPerson) {
  const asked = await student.api.post("/api/bookings", {
    data: {
      tutorId: tutor.id,
      subject: "Algebra",
      startsAt: `${YEAR}-03-03T10:00:00Z`,
      durationMinutes: 45,
      timeZone: "Etc/UTC",
      repeatWeekly: 3,
    },
  });
  const { id } = (await asked.json()) as { id: string };
  await tutor.api.post(`/api/bookings/${id}/accept`);
  return (await sessionsOf(tutor)) as [SessionView, ...SessionView[]];
}

async function choose(page: Page, item: string) {
  await page
    .getByRole("main")
    .getByRole("button", { name: /^Change/ })
    .first()
    .click();
  await page.getByRole("menuitem", { name: item }).click();
}

/** The personal link in the newest mail. */
async function linkIn(app: App, email: string): Promise<string> {
  const find = async () => {
    const mails = await mailsTo(app, email);
    return mails.map(({ text }) => /http\S+\/j\/\w+/.exec(text)?.[0]).find(Boolean);
  };
  await expect.poll(find).toBeTruthy();
  return (await find()) ?? "";
}
