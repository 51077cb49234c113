/** A guardian is asked by mail and answers in a browser; filters, robots and mail programs come by, too. */
import { type Browser, expect, type Page } from "@playwright/test";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import {
  bookLessons,
  inMinutes,
  newPerson,
  PASSWORD,
  type TestPerson,
  tutorOnZoom,
} from "../people.ts";
import { mailsTo } from "../sandbox.ts";

let app: App;
let tutor: TestPerson;
let student: TestPerson;

test.beforeAll(async ({ browser }) => {
  app = await startApp();
  ({ tutor, student } = await tutorOnZoom(browser, app, "Asked"));
});

test.afterAll(() => app?.stop());

const openAnswer = "There is no answer yet, so you get no copies.";

test("from the settings through the mail to the answer, and back again", async ({ browser }) => {
  const guardian = "path@people.example";
  await student.page.goto("/settings");
  await student.page.getByLabel("Guardian’s email address").fill(guardian);
  await student.page.getByRole("button", { name: "Save email settings" }).click();
  await expect(student.page.getByText(/^Asked on .+; no answer yet\./)).toBeVisible();
  const page = await visit(browser, await linkTo(guardian));
  await expect(page.getByText(/“Student Asked” on Segue gave your address/)).toBeVisible();
  await expect(page.getByText(openAnswer)).toBeVisible();
  await expect(page.getByRole("radio", { checked: true })).toHaveCount(0);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("Choose one of the two answers.")).toBeVisible();
  await answer(page, "Yes, send me copies");
  await expect(page.getByText("You have agreed: you get copies.")).toBeVisible();
  await page.reload();
  await expect(page.getByText("You have agreed: you get copies.")).toBeVisible();
  await student.page.reload();
  await expect(student.page.getByText("Has agreed, and gets copies.")).toBeVisible();

  await bookLessons(tutor, student, [{ subject: "Physics", startsAt: inMinutes(2_000) }]);
  const copied = async () => (await mailsTo(app, guardian)).map(({ subject }) => subject);
  await expect.poll(copied).toContain("“Tutor Asked” accepted: “Physics”");
  await page.goto(await linkTo(guardian, "accepted"));
  await answer(page, "No, never");
  await expect(page.getByText(/you get no emails on anybody else’s behalf/)).toBeVisible();
  await student.page.reload();
  await expect(
    student.page.getByText("This address can’t be asked at the moment, and gets nothing."),
  ).toBeVisible();

  // The mailbox's owner goes on to have an account of their own, with its mails.
  const own = await newPerson(browser, app, { role: "student", name: "Path" });
  expect(own.email).toBe(guardian);
  await own.api.post("/api/account/request-password-reset", { data: { email: guardian } });
  await expect.poll(copied).toContain("Set a new password");
  expect(
    (
      await own.api.post("/api/account/sign-in/email", {
        data: { email: guardian, password: PASSWORD },
      })
    ).status(),
  ).toBe(200);
});

test("a robot that presses every button once, in every order, has answered nothing", {
  tag: "@whole",
}, async ({ browser }) => {
  const link = await asked(browser, "robot");
  const page = await visit(browser, link);
  const sent = writes(page);
  const buttons = "button, input[type=submit], input[type=button], [role=button]";
  const count = await page.locator(buttons).count();
  expect(count).toBeGreaterThan(1);
  for (const order of orders([...Array(count).keys()])) {
    await page.goto(link);
    await expect(page.getByRole("button", { name: "Send" })).toBeEnabled();
    for (const index of order) {
      await page.evaluate(
        ([selector, at]) => {
          const [all, nth] = [document.querySelectorAll<HTMLElement>(selector), Number(at)];
          all[nth]?.click();
        },
        [buttons, index] as const,
      );
    }
    await expect(page.getByText("Choose one of the two answers.")).toBeVisible();
  }
  expect(sent()).toEqual([]);
  await page.goto(link);
  await expect(page.getByText(openAnswer)).toBeVisible();
});

test("a browser that stays for an hour, comes and goes, has written nothing", {
  tag: "@whole",
}, async ({ browser }) => {
  const link = await asked(browser, "stays");
  const context = await browser.newContext();
  const page = await context.newPage();
  const sent = writes(page);
  await page.clock.install();
  await page.goto(link);
  await expect(page.getByRole("button", { name: "Send" })).toBeEnabled();
  for (let minute = 0; minute < 60; minute++) await page.clock.runFor(60_000);
  for (let tab = 0; tab < 12; tab++) await page.keyboard.press("Tab");
  await page.evaluate(() => {
    for (const name of ["focus", "blur", "pagehide", "pageshow", "online", "scroll"]) {
      window.dispatchEvent(new Event(name));
    }
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await page.clock.runFor(60_000);
  await page.goto("about:blank");
  expect(sent()).toEqual([]);
  await page.goto(link);
  await expect(page.getByText(openAnswer)).toBeVisible();
});

test("a mail program's one-click button is “no, never”, without cookie and from anywhere; a GET shows the page", async ({
  browser,
}) => {
  const link = await asked(browser, "click");
  const page = await visit(browser, link);
  const never = `${link}/never`;
  const shown = await fetch(never, { redirect: "manual" });
  expect([shown.status, shown.headers.get("location")]).toEqual([303, new URL(link).pathname]);
  expect((await fetch(never, { method: "HEAD", redirect: "manual" })).status).toBe(303);
  expect((await fetch(never, { method: "POST" })).status).toBe(400);
  await page.reload();
  await expect(page.getByText(openAnswer)).toBeVisible();

  const body = new URLSearchParams({ "List-Unsubscribe": "One-Click" });
  const form = new FormData();
  form.set("List-Unsubscribe", "One-Click");
  for (const given of [
    { body },
    { body: form },
    { body, headers: { origin: "https://mail.example", "sec-fetch-site": "cross-site" } },
  ]) {
    expect((await fetch(never, { method: "POST", ...given })).status).toBe(204);
    await page.reload();
    await expect(page.getByText(/you get no emails on anybody else’s behalf/)).toBeVisible();
    await answer(page, "Yes, send me copies");
    await expect(page.getByText("You have agreed: you get copies.")).toBeVisible();
  }
});

test("every wrong link is answered in the same way", async ({ browser }) => {
  const wrong = ["a".repeat(52), "x", "guardian@people.example", "%20"];
  const page = await visit(browser, `${app.url}/asked/${"b".repeat(52)}`);
  const seen = await page.locator("main").textContent();
  expect(seen).toContain("There is no question here");
  for (const token of wrong) {
    const answered = await page.goto(`${app.url}/asked/${token}`);
    expect([token, answered?.status()]).toEqual([token, 404]);
    expect(await page.locator("main").textContent()).toBe(seen);
    const told = await fetch(`${app.url}/api/asked/${token}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ answer: "never" }),
    });
    expect(told.status).toBe(404);
    const body = new URLSearchParams({ "List-Unsubscribe": "One-Click" });
    expect((await fetch(`${app.url}/asked/${token}/never`, { method: "POST", body })).status).toBe(
      404,
    );
  }
});

test("no forged host gets into a link, whatever mails", async ({ browser }) => {
  const headers = {
    host: "evil.example",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    forwarded: "host=evil.example",
  };
  const guardian = "forged@people.example";
  const other = await newPerson(browser, app, { role: "student", name: "Student Forged" });
  const ok = async (sent: ReturnType<typeof other.api.post>) => {
    const given = await sent;
    expect(given.ok(), await given.text()).toBe(true);
    return (await given.json()) as { id: string; sessionIds: string[] };
  };
  await ok(other.api.patch("/api/preferences", { headers, data: { guardianEmail: guardian } }));
  await answerByApi(await linkTo(guardian), "yes");
  await ok(
    other.api.post("/api/account/request-password-reset", {
      headers,
      data: { email: other.email },
    }),
  );
  // A mail that waits until something newer is so isn't sent.
  const came = (to: string, what: string) =>
    expect
      .poll(async () => (await mailsTo(app, to)).map(({ subject }) => subject).join("\n"))
      .toContain(what);
  const decide = async (subject: string, minutes: number, verb: string) => {
    const startsAt = inMinutes(minutes);
    const lesson = { subject, startsAt, durationMinutes: 30, timeZone: "Europe/Berlin" };
    const data = { tutorId: tutor.id, ...lesson };
    const { id } = await ok(other.api.post("/api/bookings", { headers, data }));
    await came(tutor.email, `“${subject}”`);
    const decided = await ok(tutor.api.post(`/api/bookings/${id}/${verb}`, { headers }));
    for (const to of [other.email, guardian]) await came(to, `“${subject}”`);
    return decided;
  };
  await decide("Declined", 9_000, "decline");
  await decide("Cancelled", 9_100, "cancel");
  const { sessionIds } = await decide("Taught", 9_200, "accept");
  const session = `/api/sessions/${sessionIds[0]}`;
  await ok(
    tutor.api.post(`${session}/reschedule`, { headers, data: { startsAt: inMinutes(9_400) } }),
  );
  for (const to of [other.email, guardian]) await came(to, "New time: “Taught”");
  await ok(tutor.api.post(`${session}/cancel`, { headers }));
  for (const to of [other.email, guardian]) await came(to, "Cancelled: “Taught”");
  const mails = [];
  for (const to of [other.email, guardian, tutor.email]) mails.push(...(await mailsTo(app, to)));
  expect(mails.length).toBeGreaterThan(10);
  for (const { text, subject } of mails) {
    for (const [url] of text.matchAll(/https?:\/\/\S+/g)) {
      expect([subject, new URL(url).origin]).toEqual([subject, app.url]);
    }
    expect(text).not.toContain("evil");
  }
});

/** A student of that name has a guardian asked. @returns the link in the mail */
async function asked(browser: Browser, name: string): Promise<string> {
  const asker = await newPerson(browser, app, { role: "student", name: `Asker ${name}` });
  const guardianEmail = `${name}@guardians.example`;
  const given = await asker.api.patch("/api/preferences", { data: { guardianEmail } });
  expect(given.status(), await given.text()).toBe(200);
  return linkTo(guardianEmail);
}

async function linkTo(email: string, about = "May"): Promise<string> {
  let link: string | undefined;
  await expect
    .poll(async () => {
      const mail = (await mailsTo(app, email)).find(({ subject }) => subject.includes(about));
      link = /https?:\/\/\S+\/asked\/[a-z2-7]{52}/.exec(mail?.text ?? "")?.[0];
      return link;
    })
    .toBeDefined();
  return link ?? "";
}

async function answerByApi(link: string, given: "yes" | "never"): Promise<void> {
  const { pathname } = new URL(link);
  const answered = await fetch(`${app.url}/api${pathname}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ answer: given }),
  });
  expect(answered.status).toBe(200);
}

/** Somebody without an account. */
async function visit(browser: Browser, link: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(link);
  return page;
}

async function answer(page: Page, label: string): Promise<void> {
  await page.getByRole("radio", { name: label }).check();
  await page.getByRole("button", { name: "Send" }).click();
}

/** What the page asks for from now on that isn't only read. */
function writes(page: Page): () => string[] {
  const seen: string[] = [];
  page.on("request", (request) => {
    if (!["GET", "HEAD"].includes(request.method()))
      seen.push(`${request.method()} ${request.url()}`);
  });
  return () => seen;
}

const orders = (some: number[]): number[][] =>
  some.length < 2
    ? [some]
    : some.flatMap((one) =>
        orders(some.filter((other) => other !== one)).map((rest) => [one, ...rest]),
      );
