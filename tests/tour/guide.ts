/** Leads visitors through the demo: signs each of them in, and makes the switch where the tour wants it. */
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  expect,
  type Page,
} from "@playwright/test";
import { DEFAULT_LANGUAGE } from "#lib/platform/words.ts";
import type { SessionView } from "#lib/services/sessions/views.ts";
import { DEMO_PASSWORD, newTutor, students, supporter, tutor } from "#server/demo/cast.ts";
import { consent } from "#tests/e2e/people.ts";
import { control, holdCreates, setFaults } from "#tests/e2e/sandbox.ts";
import type { App } from "#tests/harness/app.ts";
import { PATIENCE_MS } from "#tests/harness/patience.ts";
import { mailed } from "#tests/harness/visitors/person.ts";
import type { Facts, Stop, Visitor } from "./stops.ts";

type SignIn = Awaited<ReturnType<BrowserContext["storageState"]>>;

export interface Guide {
  facts: Facts;
  /** Opens the stop as its visitor. Close its context when done. */
  show(stop: Stop, look?: BrowserContextOptions): Promise<Page>;
  /** Begins a switch as the tutor. The provider doesn't answer for lessons with these words in their title. */
  beginSwitch(provider: "Google Meet" | "Zoom", ...held: string[]): Promise<void>;
  /** The provider answers again. Resolves when the last lesson has moved. */
  endSwitch(): Promise<void>;
  /** The tutor takes their consent back at Google, and Segue notices. */
  loseConnection(): Promise<void>;
  /** A switch to Zoom that refuses some lessons for good, and on whose day no more rooms are made for the others. */
  meetTrouble(): Promise<void>;
  /** Opens a page in that visitor's own context, signed in. */
  page(visitor: Visitor, look?: BrowserContextOptions): Promise<Page>;
}

const emails: Partial<Record<Visitor, string>> = {
  tutor: tutor.email,
  newTutor: newTutor.email,
  student: students[0]?.email ?? "",
  admin: supporter.email,
};

/** For an app with the demo's data. @param language the language that pages are shown in */
export async function meetGuide(
  browser: Browser,
  app: App,
  language = DEFAULT_LANGUAGE,
): Promise<Guide> {
  const signIns = new Map<Visitor, SignIn>();
  for (const [visitor, email] of Object.entries(emails) as [Visitor, string][]) {
    signIns.set(visitor, await signIn(browser, app, email));
  }
  const page: Guide["page"] = async (visitor, look = {}) => {
    const storageState = signIns.get(visitor);
    const context = await browser.newContext({
      baseURL: app.url,
      ...(storageState && { storageState }),
      ...look,
    });
    return context.newPage();
  };
  const doorToken = await mailed(app, students[0]?.email ?? "", /\/j\/(\w+)/);
  const facts = { ...(await findFacts(await page("student"))), doorToken };
  return {
    facts,
    page,
    beginSwitch: async (provider, ...held) => {
      await holdCreates(app, ...held);
      const shown = await page("tutor");
      await speak(shown, DEFAULT_LANGUAGE);
      await consent({ page: shown }, `Switch to ${provider}`, tutor.email);
      await shown.context().close();
    },
    endSwitch: async () => {
      await setFaults(app, []);
      const shown = await page("tutor");
      await speak(shown, DEFAULT_LANGUAGE);
      await shown.goto("/tutor/video-setup");
      await expect(shown.getByText("All moved").first()).toBeVisible({ timeout: PATIENCE_MS });
      await shown.context().close();
    },
    loseConnection: async () => {
      await control(app, "revoke", { provider: "google", email: tutor.email });
      await control(app, "expire-tokens");
      const shown = await page("tutor");
      await shown.request.post("/api/connection/check");
      const answer = await shown.request.get("/api/connection");
      expect((await answer.json()).connection).toMatchObject({ status: "needs_reconnect" });
      await shown.context().close();
    },
    meetTrouble: async () => {
      const refused = { provider: "zoom", operation: "create" };
      const shown = await page("tutor");
      const [sooner, later] = apart(await lessonsAhead(shown));
      await setFaults(app, [
        { ...refused, effect: "invalid_request", titleIncludes: sooner },
        { ...refused, effect: "daily_limit", titleIncludes: later },
      ]);
      await speak(shown, DEFAULT_LANGUAGE);
      await consent({ page: shown }, "Switch to Zoom", tutor.email);
      const strip = shown.getByRole("main").getByRole("progressbar");
      for (const kind of ["failed", "waiting"]) {
        const tile = strip.locator(`[data-kind="${kind}"]`).first();
        await expect(tile).toBeVisible({ timeout: PATIENCE_MS });
      }
      await shown.context().close();
    },
    show: async (stop, look) => {
      const shown = await page(stop.visitor, { ...look, locale: language });
      // Guests read the language that their browser asks for.
      if (stop.visitor !== "guest") await speak(shown, language);
      const path = typeof stop.path === "string" ? stop.path : stop.path(facts);
      await shown.goto(path, { waitUntil: "load" });
      await stop.prepare?.(shown, language);
      return shown;
    },
  };
}

async function speak({ request }: Page, language: string): Promise<void> {
  const answer = await request.patch("/api/me", { data: { language } });
  if (!answer.ok()) throw new Error(`Nobody speaks ${language}: ${await answer.text()}`);
}

async function signIn(browser: Browser, app: App, email: string): Promise<SignIn> {
  const context = await browser.newContext({ baseURL: app.url });
  const data = { email, password: DEMO_PASSWORD };
  const answer = await context.request.post("/api/account/sign-in/email", { data });
  if (!answer.ok()) throw new Error(`${email} can't sign in: ${await answer.text()}`);
  const state = await context.storageState();
  await context.close();
  return state;
}

async function lessonsAhead(page: Page): Promise<SessionView[]> {
  const sessions = (await (await page.request.get("/api/sessions")).json()) as SessionView[];
  return sessions.filter(({ status }) => status === "SCHEDULED" || status === "JOIN_OPEN");
}

/** More lessons than are called for at the same time. */
const FEW = 6;

/**
 * @returns a word of an early lesson's title, and one that comes for the first time when a few others have been called for:
 * the last of the subject, which is in the room's title however somebody has changed the subject since
 */
function apart(lessons: SessionView[]): [sooner: string, later: string] {
  const subjects = lessons.map(({ subject }) => subject.split(" ").at(-1));
  const [, sooner] = subjects;
  const early = new Set(subjects.slice(0, FEW));
  const later = subjects.find((subject) => !early.has(subject));
  if (!sooner || !later) throw new Error("The demo's lessons are all about the same");
  return [sooner, later];
}

async function findFacts(page: Page): Promise<Omit<Facts, "doorToken">> {
  const [next, ...later] = await lessonsAhead(page);
  await page.context().close();
  const lesson = later[2];
  if (!next || !lesson) throw new Error("The demo has no lessons to show");
  return { tutorEmail: tutor.email, nextLessonId: next.id, lessonId: lesson.id };
}
