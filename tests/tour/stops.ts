/** Every page of Segue in each of its states that matters. Pictures and checks visit all of them. */
import { expect, type Page } from "@playwright/test";
import { wordsFor } from "#lib/platform/words.ts";

/** `newTutor` has signed up and done nothing else yet. */
export type Visitor = "guest" | "tutor" | "newTutor" | "student" | "admin";

/** What paths need to know of the world that is shown. */
export interface Facts {
  tutorEmail: string;
  /** One lesson is some days ahead, and the next one's door opens soon. */
  lessonId: string;
  nextLessonId: string;
  /** Of a student's personal link. */
  doorToken: string;
}

export interface Stop {
  /** The name of the picture. */
  name: string;
  visitor: Visitor;
  path: string | ((facts: Facts) => string);
  /** Brings the page, in this language, into the intended state. Resolves when it is there. */
  prepare?: (page: Page, language: string) => Promise<void>;
}

const press = (page: Page, name: string) =>
  page.getByRole("main").getByRole("button", { name }).first().click();

/** Opens the menu of a lesson, and chooses this from it. */
async function choose(page: Page, language: string, item: string) {
  const menu = wordsFor(language, "sessions.change")("menu", { lesson: "" }).trim();
  await page.getByRole("main").getByRole("button", { name: menu }).first().click();
  await page.getByRole("menuitem", { name: item }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
}

export const beforeTheSwitch: Stop[] = [
  { name: "welcome", visitor: "guest", path: "/" },
  { name: "sign-in", visitor: "guest", path: "/sign-in" },
  { name: "sign-up", visitor: "guest", path: "/sign-up" },
  { name: "forgot-password", visitor: "guest", path: "/forgot-password" },
  { name: "reset-password-expired", visitor: "guest", path: "/reset-password" },
  { name: "confirm-address-expired", visitor: "guest", path: "/confirm-address" },
  {
    name: "sign-in-old-link",
    visitor: "guest",
    path: ({ lessonId }) => `/sign-in?returnTo=/sessions/${lessonId}/join`,
  },
  { name: "door", visitor: "guest", path: ({ doorToken }) => `/j/${doorToken}` },
  {
    name: "door-ask",
    visitor: "guest",
    path: ({ doorToken }) => `/j/${doorToken}`,
    prepare: async (page, language) => {
      const words = wordsFor(language, "asking");
      await press(page, words("ask"));
      await expect(page.getByRole("button", { name: words("submit"), exact: true })).toBeVisible();
    },
  },
  { name: "door-unknown", visitor: "guest", path: `/j/${"a".repeat(38)}` },
  { name: "not-found", visitor: "tutor", path: "/nothing-here" },
  { name: "video-setup-new", visitor: "newTutor", path: "/tutor/video-setup" },
  { name: "sessions-new", visitor: "newTutor", path: "/sessions" },
  { name: "bookings-new", visitor: "newTutor", path: "/bookings" },
  { name: "sessions-tutor", visitor: "tutor", path: "/sessions" },
  {
    name: "commands",
    visitor: "tutor",
    path: "/sessions",
    prepare: async (page) => {
      await page.keyboard.press("Control+K");
      await expect(page.getByRole("dialog").getByRole("option").first()).toBeVisible();
    },
  },
  {
    name: "shortcuts",
    visitor: "tutor",
    path: "/sessions",
    prepare: async (page) => {
      await page.keyboard.press("Shift+?");
      await expect(page.getByRole("dialog")).toBeVisible();
    },
  },
  { name: "sessions-student", visitor: "student", path: "/sessions" },
  { name: "sessions-week", visitor: "tutor", path: "/sessions?view=week" },
  { name: "sessions-none", visitor: "student", path: "/sessions?state=no-show" },
  { name: "lesson-tutor", visitor: "tutor", path: ({ lessonId }) => `/sessions/${lessonId}` },
  {
    name: "lesson-reschedule",
    visitor: "tutor",
    path: ({ lessonId }) => `/sessions/${lessonId}`,
    prepare: (page, language) =>
      choose(page, language, wordsFor(language, "sessions.change")("reschedule")),
  },
  {
    name: "lesson-cancel",
    visitor: "tutor",
    path: ({ lessonId }) => `/sessions/${lessonId}`,
    prepare: (page, language) =>
      choose(page, language, wordsFor(language, "sessions.change")("cancel")),
  },
  {
    name: "lesson-ask",
    visitor: "student",
    path: ({ lessonId }) => `/sessions/${lessonId}`,
    prepare: (page, language) => choose(page, language, wordsFor(language, "asking")("ask")),
  },
  {
    name: "waiting-early",
    visitor: "tutor",
    path: ({ lessonId }) => `/sessions/${lessonId}/waiting`,
  },
  { name: "bookings-tutor", visitor: "tutor", path: "/bookings" },
  { name: "students", visitor: "tutor", path: "/students" },
  {
    name: "student",
    visitor: "tutor",
    path: "/students",
    prepare: async (page) => {
      await page.getByRole("link", { name: "Mira Demo" }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Mira Demo" })).toBeVisible();
    },
  },
  { name: "students-new", visitor: "newTutor", path: "/students" },
  {
    name: "students-add",
    visitor: "newTutor",
    path: "/students",
    prepare: async (page, language) => {
      const words = wordsFor(language, "students");
      await press(page, words("addButton"));
      await expect(page.getByLabel(words("form.name"))).toBeVisible();
    },
  },
  { name: "bookings-student", visitor: "student", path: "/bookings" },
  { name: "settings-tutor", visitor: "tutor", path: "/settings" },
  { name: "settings-student", visitor: "student", path: "/settings" },
  { name: "video-setup-before", visitor: "tutor", path: "/tutor/video-setup" },
  {
    name: "video-setup-preview",
    visitor: "tutor",
    path: "/tutor/video-setup",
    prepare: async (page, language) => {
      const words = wordsFor(language, "videoSetup.whatIf");
      await expect(page.getByText(words("lessons"))).toBeVisible();
    },
  },
  { name: "support-start", visitor: "admin", path: "/support" },
  { name: "support-hits", visitor: "admin", path: "/support?who=demo" },
  { name: "support-short", visitor: "admin", path: "/support?who=ab" },
  { name: "support-nobody", visitor: "admin", path: "/support?who=nobody@tutors.example" },
];

/** What the provider doesn't answer for meanwhile. */
export const heldSubjects = ["Chemistry", "Piano theory"];

export const duringTheSwitch: Stop[] = [
  {
    name: "video-setup-during",
    visitor: "tutor",
    path: "/tutor/video-setup",
    prepare: async (page) => {
      const strip = page.getByRole("main").getByRole("progressbar");
      await expect(strip.locator('[data-kind="moved"]').first()).toBeVisible();
    },
  },
];

/** The connection to Google Meet is dead. */
export const toReconnect: Stop[] = [
  { name: "sessions-reconnect", visitor: "tutor", path: "/sessions" },
  {
    name: "video-setup-reconnect",
    visitor: "tutor",
    path: "/tutor/video-setup?connect=google_meet",
  },
  {
    name: "video-setup-error",
    visitor: "tutor",
    path: "/tutor/video-setup?error=state_mismatch",
  },
  {
    name: "support-reconnect",
    visitor: "admin",
    path: ({ tutorEmail }) => `/support?who=${encodeURIComponent(tutorEmail)}`,
  },
];

/** Some lessons failed to move, and most wait for another day. */
export const inTrouble: Stop[] = [
  { name: "video-setup-trouble", visitor: "tutor", path: "/tutor/video-setup" },
  { name: "sessions-trouble", visitor: "tutor", path: "/sessions" },
  { name: "sessions-trouble-student", visitor: "student", path: "/sessions" },
  {
    name: "support-trouble",
    visitor: "admin",
    path: ({ tutorEmail }) => `/support?who=${encodeURIComponent(tutorEmail)}`,
  },
];

export const afterTheSwitch: Stop[] = [
  { name: "video-setup-after", visitor: "tutor", path: "/tutor/video-setup" },
  { name: "lesson-moved-tutor", visitor: "tutor", path: ({ lessonId }) => `/sessions/${lessonId}` },
  { name: "sessions-moved-student", visitor: "student", path: "/sessions" },
  {
    name: "support-tutor",
    visitor: "admin",
    path: ({ tutorEmail }) => `/support?who=${encodeURIComponent(tutorEmail)}`,
  },
  {
    name: "video-setup-undo",
    visitor: "tutor",
    path: "/tutor/video-setup",
    prepare: async (page, language) => {
      const words = wordsFor(language, "videoSetup.undo");
      await press(page, words("action", { kind: "switch", count: 0 }).replace(/ \d+ .*/, ""));
      await expect(page.getByRole("dialog")).toBeVisible();
    },
  },
];
