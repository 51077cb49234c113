import { bookLessons, inMinutes, tutorOnZoom } from "#tests/e2e/people.ts";
import { meetingsAt, setSettings } from "#tests/e2e/sandbox.ts";
import type { FieldCase } from "../../fieldCase.ts";

export const fieldCase: FieldCase = {
  situation: "a Zoom account's links lack the passcode, and a student follows the stable link",
  right:
    "it leads to the lesson's page, which shows the passcode; typed in at Zoom, that opens the room",
  async play({ app, browser }) {
    await setSettings(app, { zoomPasscodeInLinks: false });
    const { tutor, student } = await tutorOnZoom(browser, app, "Field");
    const [lesson] = await bookLessons(tutor, student, [
      { subject: "Asked", startsAt: inMinutes(10) },
    ]);
    const path = `/sessions/${lesson?.id}`;
    const door = await student.api.get(`${path}/join`, { maxRedirects: 0 });
    const led = new URL(door.headers().location ?? "/nowhere", app.url).pathname;
    const [room] = await meetingsAt(app, "zoom");
    const isShown = (await (await student.api.get(path)).text()).includes(room?.passcode ?? "none");
    const { page } = student;
    await page.goto(`${path}/join?with=passcode`);
    await page.getByLabel("Meeting passcode").fill(room?.passcode ?? "");
    await page.getByRole("button", { name: "Join meeting" }).click();
    const isInside = await page.getByText("guest").isVisible();
    return {
      isRight: door.status() === 303 && led === path && isShown && isInside,
      seen: `${door.status()} to ${led === path ? "the lesson's page" : led}, passcode ${isShown ? "shown" : "not shown"}, ${isInside ? "inside" : "outside"}`,
    };
  },
};
