import { bookLessons, inMinutes, sessionsOf, tutorOnZoom } from "#tests/e2e/people.ts";
import { countCalls, setSettings } from "#tests/e2e/sandbox.ts";
import type { FieldCase } from "../../fieldCase.ts";

const CHECKS = 8;
const LESSONS = 4;

export const fieldCase: FieldCase = {
  situation:
    "Zoom begins to give titles back changed, times without seconds and links with another pwd each time; links are checked eight times",
  right:
    "each room is told again once at most, the last check finds nothing, every link still opens its room, and the next booking has a room",
  async play({ app, browser }) {
    const { tutor, student } = await tutorOnZoom(browser, app, "Spelled");
    const plan = Array.from({ length: LESSONS }, (_, index) => ({
      subject: `Algebra  🧮 ${index}`,
      startsAt: inMinutes(1_500 + index * 60),
    }));
    await bookLessons(tutor, student, plan);
    await setSettings(app, {
      zoomTitles: "changed",
      zoomStarts: "to_the_minute",
      zoomPwd: "at_each_reading",
    });
    const found: Record<string, number>[] = [];
    for (let times = 0; times < CHECKS; times++) {
      const answer = await tutor.api.post("/api/connection/check");
      found.push((await answer.json()) as Record<string, number>);
      await new Promise((done) => setTimeout(done, 1_500));
    }
    const updates = await countCalls(app, "update");
    const last = found.at(-1);
    await bookLessons(tutor, student, [{ subject: "One more", startsAt: inMinutes(3_000) }]);
    const lessons = await sessionsOf(tutor);
    const doors = await Promise.all(lessons.map(({ room }) => fetch(room?.url ?? "")));
    const open = doors.filter(({ status }) => status === 200).length;
    return {
      isRight: updates <= LESSONS && last?.differs === 0 && open === LESSONS + 1,
      seen: `${updates} updates by ${CHECKS} checks, the last found ${last?.differs} different; ${open} of ${LESSONS + 1} links open`,
    };
  },
};
