import { newPerson, PASSWORD } from "#tests/e2e/people.ts";
import type { FieldCase } from "../../fieldCase.ts";

export const fieldCase: FieldCase = {
  situation: "APP_URL names 127.0.0.1, and somebody opens localhost",
  right: "they are led to APP_URL, where signing in works",
  async play({ app, browser }) {
    const { email } = await newPerson(browser, app, { role: "student", name: "Student Twin" });
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${app.url.replace("127.0.0.1", "localhost")}/sign-in`);
    await page.getByLabel("Email").fill(email);
    await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
    await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/sessions");
    const { origin } = new URL(page.url());
    await context.close();
    return { isRight: origin === app.url, seen: `signed in at ${new URL(page.url()).host}` };
  },
};
