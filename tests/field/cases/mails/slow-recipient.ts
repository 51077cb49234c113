import { expect } from "@playwright/test";
import { bookLessons, inMinutes, tutorOnZoom } from "#tests/e2e/people.ts";
import { mailsTo, setMailTroubles } from "#tests/e2e/sandbox.ts";
import type { FieldCase } from "../../fieldCase.ts";

export const fieldCase: FieldCase = {
  situation: "one recipient's mail server takes 75 s to answer RCPT",
  right: "everybody else's mail goes meanwhile, and that recipient gets theirs once",
  async play({ app, browser }) {
    const { tutor, student } = await tutorOnZoom(browser, app, "Slow");
    await setMailTroubles(app, {
      effect: "slow_rcpt",
      addressIncludes: student.email,
      delayMs: 75_000,
    });
    const began = Date.now();
    const lessons = [{ subject: "Physics", startsAt: inMinutes(2_000) }];
    await bookLessons(tutor, student, lessons);
    const [lesson] = (await (await tutor.api.get("/api/sessions")).json()) as { id: string }[];
    await student.api.post(`/api/sessions/${lesson?.id}/cancel`);
    const ofTutor = async () => (await mailsTo(app, tutor.email)).map(({ subject }) => subject);
    await expect.poll(ofTutor, { timeout: 60_000 }).toContainEqual(expect.stringMatching(/^Canc/));
    const seconds = Math.round((Date.now() - began) / 1_000);
    const ofStudent = async () =>
      (await mailsTo(app, student.email)).filter(({ subject }) => /accepted/.test(subject)).length;
    const early = await ofStudent();
    await expect.poll(ofStudent, { timeout: 150_000 }).toBeGreaterThan(0);
    await setMailTroubles(app);
    // Whatever else is on its way to them has come.
    const all = async () => (await mailsTo(app, student.email)).length;
    await expect.poll(all, { timeout: 150_000 }).toBeGreaterThan(1);
    const times = await ofStudent();
    return {
      isRight: seconds < 60 && early === 0 && times === 1,
      seen: `the tutor's mail after ${seconds} s, the slow one ${times} time(s)`,
    };
  },
};
