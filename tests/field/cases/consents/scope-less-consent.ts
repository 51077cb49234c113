import { bookLessons, consent, lessonPlan, newPerson, sessionsOf } from "#tests/e2e/people.ts";
import { withoutLimits } from "#tests/e2e/sandbox.ts";
import type { FieldCase } from "../../fieldCase.ts";
import { connectionOf } from "../../waiting.ts";

export const fieldCase: FieldCase = {
  situation: "a tutor consents again to the connected Zoom account, with one permission less",
  right: "the page says what is missing, and the connection goes on with the new tokens",
  async play({ app, browser }) {
    await withoutLimits(app);
    const tutor = await newPerson(browser, app, { role: "tutor", name: "Tutor Scopes" });
    const student = await newPerson(browser, app, { role: "student", name: "Student Scopes" });
    await consent(tutor, "Connect Zoom", tutor.email);
    // The page of a good connection has no such link, but an older one of the same site may.
    await tutor.page.evaluate(() => location.assign("/api/auth/zoom"));
    await tutor.page.waitForURL("**/oauth/authorize?**");
    const form = new URLSearchParams({
      account: tutor.email,
      decision: "allow",
      choose_scopes: "1",
    });
    for (const scope of ["write:meeting", "update:meeting", "delete:meeting", "read:meeting"]) {
      form.append("granted_scope", `meeting:${scope}`);
    }
    form.append("granted_scope", "user:read:user");
    const answer = await fetch(tutor.page.url(), {
      method: "POST",
      body: form,
      redirect: "manual",
    });
    await tutor.page.goto(answer.headers.get("location") ?? "");
    const error = new URL(tutor.page.url()).searchParams.get("error");
    await fetch(`${app.sandboxUrl}/control/expire-tokens`, { method: "POST" });
    const { status, missingScopes: missing = [] } = (await connectionOf(tutor)) ?? {};
    if (status === "connected") await bookLessons(tutor, student, lessonPlan(1));
    const [lesson] = await sessionsOf(tutor);
    return {
      isRight: error === "scope_missing" && missing.length === 1 && lesson?.linkState === "ready",
      seen: `${error}, ${status}, missing ${missing.join(" ")}, the next lesson ${lesson?.linkState}`,
    };
  },
};
