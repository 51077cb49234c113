import { expect } from "@playwright/test";
import { bookLessons, inMinutes, tutorOnZoom } from "#tests/e2e/people.ts";
import { control, mailsTo } from "#tests/e2e/sandbox.ts";
import type { FieldCase } from "../../fieldCase.ts";

const PATIENCE_MS = 60_000;

export const fieldCase: FieldCase = {
  situation:
    "a tutor takes their consent back at the provider, and new rooms can't be made any more",
  right: "one mail leads to the page where one press reconnects; the students' links go on",
  async play({ app, browser }) {
    const { tutor, student } = await tutorOnZoom(browser, app, "Dead");
    await bookLessons(tutor, student, [{ subject: "Before", startsAt: inMinutes(2_000) }]);
    await control(app, "revoke", { provider: "zoom", email: "host@zoom.example" });
    await control(app, "expire-tokens");
    await tutor.api.post("/api/connection/check");
    await tutor.api.post("/api/connection/check");
    const told = async () =>
      (await mailsTo(app, tutor.email)).filter(({ text }) => text.includes("?connect=zoom"));
    await expect
      .poll(async () => (await told()).length, { timeout: PATIENCE_MS })
      .toBeGreaterThan(0);
    await tutor.page.goto("/tutor/video-setup?connect=zoom");
    const button = await tutor.page.getByRole("link", { name: "Reconnect Zoom" }).count();
    await tutor.page.goto("/sessions");
    const banner = await tutor.page.getByText("Zoom needs to be reconnected").first().isVisible();
    const [lesson] = await (await student.api.get("/api/sessions")).json();
    const mails = (await told()).length;
    return {
      isRight: mails === 1 && button === 1 && banner && lesson?.linkState === "ready",
      seen: `${mails} mail, ${button} button, ${banner ? "a" : "no"} banner, the lesson's room is ${lesson?.linkState}`,
    };
  },
};
