import { bookLessons, inMinutes, sessionsOf, tutorOnZoom } from "#tests/e2e/people.ts";
import { meetingsAt, setFaults } from "#tests/e2e/sandbox.ts";
import type { FieldCase } from "../../fieldCase.ts";

const effects = [
  "proxy_404",
  "proxy_page",
  "no_body",
  "refusal_as_success",
  "foreign_meeting",
] as const;

export const fieldCase: FieldCase = {
  situation:
    "something on the way to Zoom answers checks with a 404, a page, nothing, a refusal under 200 or another meeting; then it answers a create and a delete",
  right:
    "no room counts as gone or changed, the new lesson has one room of its own, and the cancelled lesson's room is deleted in the end",
  async play({ app, browser }) {
    const { tutor, student } = await tutorOnZoom(browser, app, "Proxied");
    await bookLessons(tutor, student, [{ subject: "Kept", startsAt: inMinutes(1_500) }]);
    const before = (await sessionsOf(tutor))[0]?.room?.url;
    const seen: string[] = [];
    for (const effect of effects) {
      await setFaults(app, [{ provider: "zoom", operation: "get", effect }]);
      const answer = await tutor.api.post("/api/connection/check");
      const { unknown, gone, differs } = (await answer.json()) as Record<string, number>;
      seen.push(`${effect}: ${unknown} unknown, ${gone} gone, ${differs} different`);
    }
    const isKept = (await sessionsOf(tutor))[0]?.room?.url === before;
    await setFaults(app, [
      { provider: "zoom", operation: "create", effect: "foreign_meeting", times: 1 },
      { provider: "zoom", operation: "delete", effect: "proxy_page", times: 1 },
    ]);
    await bookLessons(tutor, student, [{ subject: "New", startsAt: inMinutes(1_600) }]);
    const lessons = await sessionsOf(tutor);
    await tutor.api.post(`/api/sessions/${lessons[0]?.id}/cancel`);
    const living = async () =>
      (await meetingsAt(app, "zoom")).filter(({ status }) => status !== "deleted");
    const until = Date.now() + 60_000;
    while ((await living()).length > 1 && Date.now() < until) {
      await new Promise((done) => setTimeout(done, 500));
    }
    const rooms = await living();
    const isOwn = rooms.length === 1 && rooms[0]?.joinUrl === lessons[1]?.room?.url;
    return {
      isRight:
        isKept && isOwn && seen.every((line) => line.endsWith("1 unknown, 0 gone, 0 different")),
      seen: `${seen.join("; ")}; room ${isKept ? "kept" : "lost"}; ${rooms.length} room left, ${isOwn ? "the new lesson's own" : "not the new lesson's"}`,
    };
  },
};
