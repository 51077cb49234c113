/** The people of a test. Each signs up over the API, has their own browser context, and acts on pages. */
import { type APIRequestContext, type Browser, expect, type Page } from "@playwright/test";
import type { BookingView } from "#lib/services/bookings/views.ts";
import type { SessionView } from "#lib/services/sessions/views.ts";
import type { App } from "#tests/harness/app.ts";
import { connectAs } from "#tests/harness/visitors/person.ts";
import { withoutLimits } from "./sandbox.ts";

export const PASSWORD = "a-password-for-tests";

export interface TestPerson {
  id: string;
  name: string;
  email: string;
  page: Page;
  /** Calls the API with this person's cookie. */
  api: APIRequestContext;
}

interface Who {
  role: "tutor" | "student";
  name: string;
  timeZone?: string;
}

/** A zone in which it is about noon, so that no midnight falls between the two times that a test compares. */
const noonZone = () => {
  const offset = 12 - new Date().getUTCHours();
  // The sign in these zone names is reversed: Etc/GMT-3 is UTC+3.
  return offset === 0 ? "Etc/UTC" : `Etc/GMT${offset > 0 ? "-" : "+"}${Math.abs(offset)}`;
};

/** Signs somebody up and gives them a browser context of their own. */
export async function newPerson(browser: Browser, app: App, who: Who): Promise<TestPerson> {
  const context = await browser.newContext({ baseURL: app.url });
  const email = `${who.name.toLowerCase().replaceAll(" ", ".")}@people.example`;
  const answer = await context.request.post("/api/account/sign-up/email", {
    data: { email, password: PASSWORD, timeZone: noonZone(), ...who },
  });
  expect(answer.status(), await answer.text()).toBe(200);
  const { user } = (await answer.json()) as { user: { id: string } };
  await app.command("confirm", email);
  const page = await context.newPage();
  return { id: user.id, name: who.name, email, page, api: context.request };
}

const consentLink = /^(Connect|Reconnect|Switch to) (Zoom|Google Meet)$/;

/** Goes from the video-setup page through the provider's consent and back. */
export async function consent(
  { page }: Pick<TestPerson, "page">,
  link: string,
  account: string,
  decision: "Allow" | "Deny" = "Allow",
): Promise<void> {
  expect(link).toMatch(consentLink);
  await page.goto("/tutor/video-setup");
  await page.getByRole("link", { name: link, exact: true }).click();
  const another = page.getByRole("radio", { name: "Use another account" });
  // Where people are inside a room, or lessons will wait, the page asks first.
  const sure = page.getByRole("dialog").getByRole("link", { name: link, exact: true });
  await expect(sure.or(another)).toBeVisible();
  if (await sure.isVisible()) await sure.click();
  await another.check();
  await page.getByLabel("E-mail of the other account").fill(account);
  await page.getByRole("button", { name: decision }).click();
  await page.waitForURL("**/tutor/video-setup?**");
}

/** A tutor on Zoom and a student, without the limits of Zoom's plan. @param name "Nine" makes Tutor Nine */
export async function tutorOnZoom(browser: Browser, app: App, name: string) {
  await withoutLimits(app);
  const tutor = await newPerson(browser, app, { role: "tutor", name: `Tutor ${name}` });
  const student = await newPerson(browser, app, { role: "student", name: `Student ${name}` });
  const cookies = await tutor.page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  // Without the pages of `consent`, because tests that begin here are about what follows.
  await connectAs(app, "zoom", { cookie }, "host@zoom.example");
  return { tutor, student };
}

export const inMinutes = (minutes: number): string =>
  new Date(Math.ceil(Date.now() / 60_000) * 60_000 + minutes * 60_000).toISOString();

interface Lesson {
  subject: string;
  startsAt: string;
  durationMinutes?: number;
}

/** Asks for a lesson and leaves it for the tutor to answer. @returns the booking's id */
export async function requestLesson(
  tutor: TestPerson,
  student: TestPerson,
  lesson: Lesson,
): Promise<string> {
  const asked = await student.api.post("/api/bookings", {
    data: { tutorId: tutor.id, durationMinutes: 30, timeZone: "Europe/Berlin", ...lesson },
  });
  expect(asked.status(), await asked.text()).toBe(201);
  return ((await asked.json()) as BookingView).id;
}

/** Books the lessons, each as a booking of its own, and accepts them. Resolves when each has its room. */
export async function bookLessons(
  tutor: TestPerson,
  student: TestPerson,
  lessons: Lesson[],
): Promise<SessionView[]> {
  for (const lesson of lessons) {
    const id = await requestLesson(tutor, student, lesson);
    const accepted = await tutor.api.post(`/api/bookings/${id}/accept`);
    expect(accepted.status(), await accepted.text()).toBe(200);
  }
  await expect.poll(async () => (await roomless(tutor)).length).toBe(0);
  return sessionsOf(tutor);
}

export async function sessionsOf({ api }: TestPerson): Promise<SessionView[]> {
  return (await (await api.get("/api/sessions")).json()) as SessionView[];
}

const roomless = async (tutor: TestPerson) =>
  (await sessionsOf(tutor)).filter(({ linkState }) => linkState === "preparing");

/** Lessons one after another, hours apart, from tomorrow on. */
export const lessonPlan = (count: number, subject = "Lesson") =>
  Array.from({ length: count }, (_, index) => ({
    subject: `${subject} ${index + 1}`,
    startsAt: inMinutes(24 * 60 + index * 60),
  }));
