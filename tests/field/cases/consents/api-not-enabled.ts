import { consent, lessonPlan, newPerson, requestLesson, sessionsOf } from "#tests/e2e/people.ts";
import { setFaults } from "#tests/e2e/sandbox.ts";
import type { FieldCase } from "../../fieldCase.ts";
import { statusOf, until } from "../../waiting.ts";

export const fieldCase: FieldCase = {
  situation: "the Calendar API isn't enabled in the operator's project (403 accessNotConfigured)",
  right:
    "no lesson fails; the operator is given the address that helps; mended, it goes on by itself",
  async play({ app, browser }) {
    const tutor = await newPerson(browser, app, { role: "tutor", name: "Tutor Disabled" });
    const student = await newPerson(browser, app, { role: "student", name: "Student Disabled" });
    await consent(tutor, "Connect Google Meet", tutor.email);
    await setFaults(app, [{ provider: "google", operation: "create", effect: "api_disabled" }]);
    for (const lesson of lessonPlan(2)) {
      const id = await requestLesson(tutor, student, lesson);
      await tutor.api.post(`/api/bookings/${id}/accept`);
    }
    const troubles = () => openTroubles(app.url);
    const told = await until(async () => (await troubles()).length, 1);
    const [trouble] = await troubles();
    const states = async () =>
      (await sessionsOf(tutor)).map(({ linkState }) => String(linkState)).join(" ");
    const meanwhile = `${await statusOf(tutor)}, ${await states()}`;
    await setFaults(app, []);
    const after = await until(states, "ready ready");
    return {
      isRight:
        told === 1 &&
        trouble?.help?.includes("/apis/api/calendar-json") === true &&
        meanwhile === "connected, preparing preparing" &&
        after === "ready ready" &&
        (await troubles()).length === 0,
      seen: `${meanwhile}; ${trouble?.kind} ${trouble?.help}; mended: ${after}`,
    };
  },
};

async function openTroubles(url: string): Promise<{ kind: string; help: string | null }[]> {
  const answer = await fetch(`${url}/api/ready`);
  return ((await answer.json()) as { troubles: { kind: string; help: string | null }[] }).troubles;
}
