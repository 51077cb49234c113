import { bookLessons, consent, inMinutes, tutorOnZoom } from "#tests/e2e/people.ts";
import type { FieldCase } from "../../fieldCase.ts";

export const fieldCase: FieldCase = {
  situation:
    "the way back from a consent page arrives again, twice at once, and in another browser",
  right: "whoever it belongs to is answered like the first time; anybody else is refused",
  async play({ app, browser }) {
    const { tutor, student } = await tutorOnZoom(browser, app, "Twice");
    await bookLessons(tutor, student, [{ subject: "Twice", startsAt: inMinutes(2_000) }]);
    let back = "";
    tutor.page.on("request", (request) => {
      if (request.url().includes("/callback?")) back = request.url();
    });
    await consent(tutor, "Switch to Google Meet", "host@google.example");
    const first = new URL(tutor.page.url()).search;
    const ask = async (api: typeof tutor.api) => {
      const answer = await api.get(back, { maxRedirects: 0 });
      return new URL(answer.headers().location ?? app.url).search;
    };
    const again = [await ask(tutor.api), ...(await Promise.all([ask(tutor.api), ask(tutor.api)]))];
    const stranger = await ask(student.api);
    const history = await (await tutor.api.get("/api/migrations")).json();
    const isSame = again.every((search) => search === first);
    const isOne = Array.isArray(history) && history.length === 1;
    return {
      isRight: first.includes("migrated=1") && isSame && isOne && stranger.includes("error="),
      seen: `${first}, then ${again.join(", ")}; a stranger: ${stranger}; ${history.length} switch`,
    };
  },
};
