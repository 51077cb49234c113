import { expect, test } from "vitest";
import { listSessions } from "#lib/services/sessions/listSessions.ts";
import type { SessionView } from "#lib/services/sessions/views.ts";
import { pageBy } from "#lib/services/verb/page.ts";
import { scene } from "#tests/harness/scene.ts";
import { type Call, paged } from "./http.ts";

const { segue, tutor, student } = scene();

test("following the links, a program gets every lesson once, in the shape it knows", async () => {
  await segue.connect(tutor, "zoom");
  await segue.book(tutor, student, { repeatWeekly: 5 });
  const seen: string[] = [];
  let link: string | null = "http://localhost:3000/api/sessions?limit=2";
  for (let turn = 0; link && turn < 5; turn++) {
    const call = { ctx: segue.ctx, person: tutor, request: new Request(link) } as Call;
    const answer = await paged(call, pageBy.instant, (page) =>
      listSessions(segue.ctx, tutor, page),
    );
    const items = (await answer.json()) as SessionView[];
    seen.push(...items.map(({ id }) => id));
    link = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get("link") ?? "")?.[1] ?? null;
    expect(link?.startsWith("http://localhost:3000/api/sessions?limit=2&cursor=") ?? true).toBe(
      true,
    );
  }
  const all = (await segue.sessions(tutor)).map(({ id }) => id);
  expect(seen).toEqual(all);
  expect(link).toBeNull();
});
