import { bookLessons, lessonPlan, PASSWORD, tutorOnZoom } from "#tests/e2e/people.ts";
import type { FieldCase } from "../../fieldCase.ts";

export const fieldCase: FieldCase = {
  situation: "a database from before the upgrade gets its first start, and later another APP_URL",
  right: "every calendar entry keeps its UID",
  async play({ app, browser }) {
    const { tutor, student } = await tutorOnZoom(browser, app, "Moving");
    await bookLessons(tutor, student, lessonPlan(2));
    const feed = (await (await student.api.post("/api/calendar")).json()) as { url: string };
    const path = new URL(feed.url).pathname;
    const uids = async () =>
      [...(await (await fetch(new URL(path, app.url))).text()).matchAll(/^UID:(.*)$/gm)]
        .map(([, uid]) => uid?.trim())
        .join(" ");
    const own = await uids();
    // As it is after the upgrade, before the first start.
    await app.command("sql", "update installation set uid_host = null returning 1");
    await app.restart({});
    const before = await uids();
    const { port } = new URL(app.url);
    await app.restart({ APP_URL: `http://localhost:${port}` });
    const after = await uids();
    const signIn = await fetch(new URL("/api/account/sign-in/email", app.url), {
      method: "POST",
      headers: { "content-type": "application/json", origin: app.url },
      body: JSON.stringify({ email: student.email, password: PASSWORD }),
    });
    const isHosts = before.split(" ").every((uid) => uid.endsWith("@127.0.0.1"));
    return {
      isRight: signIn.ok && own !== before && isHosts && after === before,
      seen: `${before.split(" ")[0]}, then at ${app.url} ${after.split(" ")[0]}`,
    };
  },
};
