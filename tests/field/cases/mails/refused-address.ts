import { expect } from "@playwright/test";
import { bookLessons, lessonPlan, tutorOnZoom } from "#tests/e2e/people.ts";
import { mailsTo, setMailTroubles } from "#tests/e2e/sandbox.ts";
import type { FieldCase } from "../../fieldCase.ts";

export const fieldCase: FieldCase = {
  situation: "a student's mail server answers 550: nobody has this address",
  right: "each mail is tried once, and the tutor is told once",
  async play({ app, browser }) {
    const { tutor, student } = await tutorOnZoom(browser, app, "Refused");
    await setMailTroubles(app, { effect: "refuse", addressIncludes: student.email });
    await bookLessons(tutor, student, lessonPlan(2));
    const rows = async () =>
      (await app.command("sql", MAILS)) as { status: string; attempts: number }[];
    await expect
      .poll(async () => (await rows()).map(({ status }) => status), { timeout: 120_000 })
      .toEqual(["failed", "failed"]);
    const told = async () =>
      (await mailsTo(app, tutor.email)).filter(({ subject }) => subject.includes("don’t arrive"))
        .length;
    await expect.poll(told, { timeout: 120_000 }).toBeGreaterThan(0);
    const tries = (await rows()).map(({ attempts }) => attempts);
    return {
      isRight: tries.every((count) => count === 1) && (await told()) === 1,
      seen: `tries: ${tries.join(" and ")}; the tutor told ${await told()} time(s)`,
    };
  },
};

const MAILS = `select status, attempts from mails join private.mail_texts on mail_id = id
  where subject like '%accepted%' order by created_at`;
