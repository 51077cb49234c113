/** Zoom answers nobody: support sees whom it concerns, tells them after a typed yes, and says when it is over. */
import { expect } from "@playwright/test";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import {
  bookLessons,
  consent,
  inMinutes,
  newPerson,
  PASSWORD,
  type TestPerson,
  tutorOnZoom,
} from "../people.ts";
import { setFaults } from "../sandbox.ts";

// Each test continues where the one before stopped.
test.describe.configure({ mode: "serial" });

let app: App;
let admin: TestPerson;
let tutor: TestPerson;

test.beforeAll(async ({ browser }) => {
  app = await startApp();
  admin = await newPerson(browser, app, { role: "tutor", name: "Ada Admin" });
  await app.command("make-admin", admin.email);
  // Earlier sign-ins have ended, since they might be somebody else's.
  await admin.api.post("/api/account/sign-in/email", {
    data: { email: admin.email, password: PASSWORD },
  });
  const people = await tutorOnZoom(browser, app, "Nine");
  tutor = people.tutor;
  const startsAt = [inMinutes(120), inMinutes(240)];
  await bookLessons(
    tutor,
    people.student,
    startsAt.map((at, index) => ({
      subject: `Lesson ${index}`,
      startsAt: at,
      durationMinutes: 45,
    })),
  );
});

test.afterAll(() => app?.stop());

test("what Segue has noticed leads from Support to whom it concerns, and to the mail", async () => {
  const { page } = admin;
  await setFaults(app, [{ provider: "zoom", operation: "reach", effect: "server_error" }]);
  // Three looks take two minutes, which nobody waits for here.
  await app.command(
    "sql",
    `insert into operator_troubles (provider, kind, help_url, first_seen, last_seen, told_at)
      values ('zoom', 'unreachable', '${app.url}/support/outages/zoom', now(), now(), now())`,
  );
  await page.goto("/support");
  await expect(page.getByText("Zoom answers nobody.")).toBeVisible();
  await page.getByRole("link", { name: "See whom this concerns, and tell them" }).click();
  await expect(page.getByRole("heading", { name: "Outage of Zoom" })).toBeVisible();
  await expect(page.getByText("1 tutor has 2 lessons with 1 student there")).toBeVisible();
  await expect(
    page.getByText("Zoom isn’t answering: move your lessons to Google Meet"),
  ).toBeVisible();
});

test("only a typed yes tells anybody, and not twice", async () => {
  const { page } = admin;
  await page.getByRole("button", { name: "Tell 1 tutor" }).click();
  await expect(page.getByText("Type yes.")).toBeVisible();
  await page.getByLabel("Type yes to tell 1 tutor").fill("Yes");
  await page.getByRole("button", { name: "Tell 1 tutor" }).click();
  await expect(page.getByText("1 of 1").first()).toBeVisible();
  await expect(page.getByText("They can be told again from")).toBeVisible();
});

test("the tutor moves, and support sees it and says that it is over", async () => {
  const { page } = admin;
  await consent(tutor, "Switch to Google Meet", "nine@google.example");
  await page.reload();
  await expect(page.getByText("Have all their new rooms")).toBeVisible();
  await expect(page.getByText("No lesson is there within the next 24 hours")).toBeVisible();
  await setFaults(app, []);
  await page.getByLabel("Type yes to say that it is over").fill("yes");
  await page.getByRole("button", { name: "It is over" }).click();
  await expect(page.getByText("Told that it is over")).toBeVisible();
});
