import { consent, lessonPlan, newPerson, requestLesson } from "#tests/e2e/people.ts";
import { setFaults } from "#tests/e2e/sandbox.ts";
import type { FieldCase } from "../../fieldCase.ts";
import { statusOf, until } from "../../waiting.ts";

const wordings = ["4711", "4735", "4738", "4741"];

export const fieldCase: FieldCase = {
  situation: "Zoom refuses a refresh with each of its wordings for a dead grant",
  right: "each connection is to be reconnected within the minute",
  async play({ app, browser }) {
    const student = await newPerson(browser, app, { role: "student", name: "Student Wordings" });
    const seen: string[] = [];
    for (const wording of wordings) {
      const name = `Tutor Wording ${wording}`;
      const tutor = await newPerson(browser, app, { role: "tutor", name });
      await consent(tutor, "Connect Zoom", tutor.email);
      const effect = `refresh_dead_${wording}`;
      await setFaults(app, [{ provider: "zoom", operation: "refresh", effect }]);
      await fetch(`${app.sandboxUrl}/control/expire-tokens`, { method: "POST" });
      for (const lesson of lessonPlan(1)) {
        const id = await requestLesson(tutor, student, lesson);
        await tutor.api.post(`/api/bookings/${id}/accept`);
      }
      const status = await until(() => statusOf(tutor), "needs_reconnect");
      seen.push(`${wording} ${status}`);
      await setFaults(app, []);
    }
    return { isRight: seen.every((one) => one.endsWith("needs_reconnect")), seen: seen.join(", ") };
  },
};
