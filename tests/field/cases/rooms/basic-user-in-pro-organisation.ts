import { bookLessons, consent, inMinutes, newPerson } from "#tests/e2e/people.ts";
import { setSettings, withoutLimits } from "#tests/e2e/sandbox.ts";
import type { FieldCase } from "../../fieldCase.ts";

const ACCOUNT = "basic@pro.example";

export const fieldCase: FieldCase = {
  situation:
    "a tutor without a licence of their own in an organisation on Pro has a lesson of 90 minutes; later they get a licence",
  right: "video setup warns of the 40 minutes, and no longer after the next check of links",
  async play({ app, browser }) {
    await withoutLimits(app);
    await setSettings(app, { zoomBasicUsers: [ACCOUNT] });
    const tutor = await newPerson(browser, app, { role: "tutor", name: "Tutor Basic" });
    const student = await newPerson(browser, app, { role: "student", name: "Student Basic" });
    await consent(tutor, "Connect Zoom", ACCOUNT);
    const startsAt = inMinutes(1_500);
    await bookLessons(tutor, student, [{ subject: "Long", startsAt, durationMinutes: 90 }]);
    const warning = async () => {
      await tutor.page.goto("/tutor/video-setup");
      return tutor.page.getByText("after 40 minutes").count();
    };
    const before = await warning();
    await setSettings(app, { zoomBasicUsers: [] });
    await tutor.api.post("/api/connection/check");
    const after = await warning();
    return {
      isRight: before === 1 && after === 0,
      seen: `${before} warning as Basic, ${after} once licensed`,
    };
  },
};
