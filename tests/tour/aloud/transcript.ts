/**
 * `npm run transcript`: a tutor who sees nothing and has no mouse connects Zoom, hears what a switch would do, switches,
 * follows it, and undoes it. Writes what a screen reader says at each key to `docs/screen-reader.md`.
 */
import { writeFileSync } from "node:fs";
import { chromium, type Locator, type Page } from "@playwright/test";
import { build } from "#cli/build.ts";
import { press, tabTo } from "#tests/e2e/keys.ts";
import { bookLessons, lessonPlan, newPerson, PASSWORD } from "#tests/e2e/people.ts";
import { setSettings } from "#tests/e2e/sandbox.ts";
import { startApp } from "#tests/harness/app.ts";
import { browserOptions } from "#tests/harness/browser.ts";
import { heard, isReading, isSaid, readAloud, readUntil } from "./reader.ts";

const FILE = "docs/screen-reader.md";
const LESSONS = 12;
/** Long enough for several sentences of the live region. */
const ANSWER_MS = 2_500;

const lines = [
  "# What a screen reader says",
  "",
  "Written by `npm run transcript`: a tutor without sight or mouse connects Zoom, hears what a switch would do, switches,",
  "follows it, and undoes it. The pages, the stand-ins and the browser are real; the screen reader is",
  "[virtual](https://github.com/guidepup/virtual-screen-reader), so NVDA or VoiceOver may word things otherwise.",
];

const part = (title: string) => lines.push("", `## ${title}`, "");

/**
 * Writes down what was said since, but not where things end, nor the same thing twice: the kit gives an alert its ids just
 * after it has come, and the virtual reader then says it anew, as real ones don't.
 */
async function note(page: Page, key: string): Promise<void> {
  const said = (await heard(page)).map((phrase) => phrase.replaceAll(/\s+/g, " ").trim());
  for (const [index, phrase] of said.entries()) {
    const isNews = phrase !== said[index - 1] && !/^(end of .*|document|polite:)$/.test(phrase);
    if (isNews) lines.push(`- ${key}: ${phrase}`);
  }
}

/** The first key on each page: it goes past all that is the same everywhere. */
async function skip(page: Page): Promise<void> {
  await isReading(page);
  await press(page, page.getByRole("link", { name: "Skip to content" }));
  await note(page, "Tab, Enter");
}

/** Tabs to the target and presses Enter. What is said on the way is kept. */
async function follow(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await note(page, "Tab");
  await page.keyboard.press("Enter");
}

async function consentTo(page: Page, account: string): Promise<void> {
  const other = page.getByRole("radio", { name: "Use another account" });
  await tabTo(page, page.getByRole("radio").first());
  while (!(await other.isChecked())) await page.keyboard.press("ArrowDown");
  await tabTo(page, page.getByLabel("E-mail of the other account"));
  await page.keyboard.type(account);
  await press(page, page.getByRole("button", { name: "Allow" }));
  await page.waitForURL("**/tutor/video-setup?**");
  await isReading(page);
}

await build();
const app = await startApp({ env: { SWITCH_WAIT_SECONDS: "0" } });
const browser = await chromium.launch(browserOptions);
try {
  await setSettings(app, { zoomPlan: "none" });
  const tutor = await newPerson(browser, app, { role: "tutor", name: "Tutor Aloud" });
  const student = await newPerson(browser, app, { role: "student", name: "Student Aloud" });
  const context = await browser.newContext({
    baseURL: app.url,
    bypassCSP: true,
    reducedMotion: "reduce",
  });
  await readAloud(context);
  const page = await context.newPage();

  part("Signing in");
  await page.goto("/tutor/video-setup");
  await skip(page);
  await tabTo(page, page.getByLabel("Email"));
  await note(page, "Tab");
  await page.keyboard.type(tutor.email);
  await heard(page);
  await tabTo(page, page.getByLabel("Password", { exact: true }));
  await note(page, "Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/tutor/video-setup");

  part("Connecting");
  await page.goto("/tutor/video-setup");
  await skip(page);
  await follow(page, page.getByRole("link", { name: "Connect Zoom" }));
  await page.waitForURL(/\/zoom\//);
  await consentTo(page, "host@zoom.example");
  await skip(page);
  await readUntil(page, "button, Refresh");
  await note(page, "Reading on");

  part("What would happen");
  await bookLessons(tutor, student, lessonPlan(LESSONS));
  await page.goto("/tutor/video-setup");
  await skip(page);
  const disclosure = page.getByRole("button", { name: "What would happen?" });
  await page.getByText("Lessons that move").waitFor();
  await tabTo(page, disclosure);
  await note(page, "Tab");
  await readUntil(page, "region, What happened?");
  await note(page, "Reading on");

  part("Switching, and following it");
  await setSettings(app, { answersTakeMs: { create: ANSWER_MS } });
  await page.goto("/tutor/video-setup");
  await skip(page);
  await follow(page, page.getByRole("link", { name: "Switch to Google Meet" }));
  await page.waitForURL(/\/google\//);
  await consentTo(page, "host@google.example");
  await isSaid(page, "All moved");
  await note(page, "Nothing pressed");

  part("Undoing");
  await setSettings(app, { answersTakeMs: {} });
  const action = `Undo switch of ${LESSONS} lessons`;
  await follow(page, page.getByRole("main").getByRole("button", { name: action }));
  await page.getByRole("dialog").locator(":focus").waitFor();
  await note(page, "Enter");
  await follow(page, page.getByRole("dialog").getByRole("button", { name: action }));
  await isSaid(page, `${LESSONS} of ${LESSONS} lessons are back`);
  await note(page, "Enter");
  writeFileSync(FILE, `${lines.join("\n")}\n`);
  console.log(`${FILE}: ${lines.filter((line) => line.startsWith("- ")).length} phrases`);
} finally {
  await browser.close();
  await app.stop();
}
