import { expect } from "@playwright/test";
import { requestLesson, tutorOnZoom } from "#tests/e2e/people.ts";
import { mailsTo, setMailTroubles } from "#tests/e2e/sandbox.ts";
import type { FieldCase } from "../../fieldCase.ts";

const AT = new Date("2026-11-06T17:00:00Z");
const HOUR = 3_600_000;

export const fieldCase: FieldCase = {
  situation: "the mail server is away from Friday evening until Wednesday",
  right: "what waited for it goes out once, within the hour",
  options: { at: AT },
  async play({ app, browser }) {
    const { tutor, student } = await tutorOnZoom(browser, app, "Away");
    await setMailTroubles(app, { effect: "away" });
    const startsAt = new Date(AT.getTime() + 9 * 24 * HOUR).toISOString();
    await requestLesson(tutor, student, { subject: "Physics", startsAt });
    const attempts = async () =>
      Number(((await app.command("sql", ATTEMPTS)) as { attempts: number }[])[0]?.attempts);
    let now = AT.getTime();
    let tried = 0;
    // Some of the tries: each needs a minute of the worker's.
    for (const hours of [1, 20, 48, 46]) {
      await expect.poll(attempts, { timeout: 150_000 }).toBeGreaterThan(tried);
      tried = await attempts();
      now += hours * HOUR;
      app.clock?.moveTo(new Date(now));
    }
    await setMailTroubles(app);
    const asked = async () =>
      (await mailsTo(app, tutor.email)).filter(({ subject }) => subject.includes("Physics")).length;
    app.clock?.moveTo(new Date(now + HOUR));
    await expect.poll(asked, { timeout: 150_000 }).toBeGreaterThan(0);
    const times = await asked();
    return {
      isRight: times === 1,
      seen: `after ${(now - AT.getTime()) / HOUR} hours and at least ${tried} tries: delivered ${times} time(s)`,
    };
  },
};

const ATTEMPTS =
  "select attempts from mails join private.mail_texts on mail_id = id where subject like '%Physics%'";
