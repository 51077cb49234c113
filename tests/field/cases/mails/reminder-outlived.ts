import { expect } from "@playwright/test";
import { bookLessons, tutorOnZoom } from "#tests/e2e/people.ts";
import { mailsTo, setMailTroubles } from "#tests/e2e/sandbox.ts";
import type { FieldCase } from "../../fieldCase.ts";

const AT = new Date("2026-11-03T09:00:00Z");
const START = new Date("2026-11-04T12:00:00Z");

export const fieldCase: FieldCase = {
  situation: "a reminder waits for the mail server while its lesson is cancelled",
  right: "only the cancellation goes out, and support sees why the reminder didn't",
  options: { at: AT },
  async play({ app, browser }) {
    const { tutor, student } = await tutorOnZoom(browser, app, "Outlived");
    const lessons = [{ subject: "Physics", startsAt: START.toISOString() }];
    const [lesson] = await bookLessons(tutor, student, lessons);
    const subjects = async () => (await mailsTo(app, student.email)).map(({ subject }) => subject);
    const came = (what: RegExp) =>
      expect.poll(subjects, { timeout: 120_000 }).toContainEqual(expect.stringMatching(what));
    await came(/accepted/);
    await setMailTroubles(app, { effect: "away" });
    app.clock?.moveTo(new Date(START.getTime() - 50 * 60_000));
    const reminders = async () =>
      (await app.command("sql", REMINDERS)) as { status: string; error_code: string | null }[];
    await expect.poll(reminders, { timeout: 120_000 }).toHaveLength(1);
    await tutor.api.post(`/api/sessions/${lesson?.id}/cancel`);
    await setMailTroubles(app);
    await came(/^Cancelled/);
    await expect
      .poll(async () => (await reminders())[0]?.status, { timeout: 120_000 })
      .not.toBe("queued");
    const [reminder] = await reminders();
    const gone = (await subjects()).filter((subject) => subject.startsWith("Soon"));
    return {
      isRight: gone.length === 0 && reminder?.error_code === "cancelled",
      seen: `reminders that went out: ${gone.length}; the row says ${reminder?.status}, ${reminder?.error_code}`,
    };
  },
};

const REMINDERS =
  "select status, error_code from mails join private.mail_texts on mail_id = id where subject like 'Soon%'";
