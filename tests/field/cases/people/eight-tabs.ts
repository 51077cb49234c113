import { bookLessons, consent, lessonPlan, tutorOnZoom } from "#tests/e2e/people.ts";
import { holdCreates } from "#tests/e2e/sandbox.ts";
import { expectMoved } from "#tests/e2e/strip.ts";
import type { FieldCase } from "../../fieldCase.ts";

const TABS = 8;

export const fieldCase: FieldCase = {
  situation: `${TABS} tabs of the video setup are open during a long switch`,
  right: "each loads and shows the progress, by one stream",
  // The way back from the consent leads to the page at once, so that it has progress to show.
  options: { env: { SWITCH_WAIT_SECONDS: "0" } },
  async play({ app, browser }) {
    const { tutor, student } = await tutorOnZoom(browser, app, "Tabs");
    await bookLessons(tutor, student, lessonPlan(2));
    await holdCreates(app, "Lesson");
    await consent(tutor, "Switch to Google Meet", "host@google.example");
    await tutor.page.goto("/sessions");
    let streams = 0;
    let shown = 0;
    for (; shown < TABS; shown++) {
      const tab = await tutor.page.context().newPage();
      tab.on("request", (request) => {
        if (request.url().endsWith("/events")) streams++;
      });
      await tab.goto("/tutor/video-setup");
      await expectMoved(tab, 0);
    }
    return { isRight: streams === 1, seen: `${shown} tabs loaded, ${streams} stream` };
  },
};
