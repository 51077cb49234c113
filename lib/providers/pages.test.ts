/** Lists hold what is the account's own beside ours, in whatever shape, and may be long. */
import { expect, test } from "vitest";
import {
  findMeeting,
  grant,
  listMarked,
  providersAt,
  request,
  type Scripted,
  serve,
} from "#lib/providers/testServer.ts";
import { agendaOf } from "#lib/providers/zoom/marker.ts";
import { placeAfter, placeFrom } from "./pages.ts";

const meeting = {
  id: 82_345_678_901,
  host_id: grant.account.userId,
  topic: request.title,
  agenda: agendaOf(request),
  start_time: "2026-12-01T09:00:00Z",
  join_url: "https://us05web.zoom.us/j/82345678901?pwd=abc",
};
const of = { key: request.key, installationId: request.installationId };

/** One of the tutor's own meetings in the list, which has nothing to do with us. */
test.each([
  { id: null },
  { id: "" },
  { id: 12_345 },
  { id: "12345" },
  { id: "123-456-7890" },
  {},
  null,
])(
  "a list in which one of the tutor's own entries is odd (%j) still shows our meeting",
  async (odd) => {
    const page = {
      meetings: [odd, { id: meeting.id, agenda: meeting.agenda }],
      next_page_token: "",
    };
    await using server = await serve(
      ({ path }): Scripted =>
        path.endsWith("/users/me/meetings")
          ? { status: 200, json: page }
          : { status: 200, json: meeting },
    );
    const zoom = providersAt(server.url).get("zoom");
    expect(await findMeeting(zoom, grant, of)).toMatchObject({ state: "ready" });
  },
);

test.each([{ id: null }, {}, null])(
  "a calendar's list in which one event is odd (%j) still shows ours",
  async (odd) => {
    const ours = {
      id: request.key,
      status: "confirmed",
      start: { dateTime: "2026-12-01T09:00:00Z" },
      extendedProperties: { private: { segueKey: request.key, segueInstallation: "inst-1" } },
    };
    await using server = await serve([
      { status: 200, json: { kind: "calendar#events", items: [odd, ours] } },
    ]);
    const google = providersAt(server.url).get("google_meet");
    const found = await listMarked(google, grant, { installationId: "inst-1", from: new Date(0) });
    expect(found).toMatchObject([{ key: request.key }]);
  },
);

test("how many entries were left out is said", async () => {
  const page = { meetings: [null, { id: "" }, { id: meeting.id }], next_page_token: "" };
  await using server = await serve(() => ({ status: 200, json: page }));
  const counts: number[] = [];
  const access = { ...grant, sawUnreadable: (entries: number) => void counts.push(entries) };
  await listMarked(providersAt(server.url).get("zoom"), access, {
    installationId: "inst-1",
    from: new Date(0),
  });
  expect(counts).toEqual([2, 2]);
});

test("a meeting of ours whose entry can't be read isn't taken for one that isn't there", async () => {
  const page = { meetings: [{ id: null, agenda: meeting.agenda }], next_page_token: "" };
  await using server = await serve(() => ({ status: 200, json: page }));
  await expect(findMeeting(providersAt(server.url).get("zoom"), grant, of)).rejects.toMatchObject({
    code: "unavailable",
  });
});

test("each page has a deadline of its own", async () => {
  await using server = await serve(({ query }) => {
    const page = Number(query.get("next_page_token") || 1);
    return { status: 200, json: { meetings: [], next_page_token: page < 5 ? `${page + 1}` : "" } };
  });
  let deadlines = 0;
  const providers = providersAt(server.url, { onDeadline: () => void deadlines++ });
  expect(await findMeeting(providers.get("zoom"), grant, of)).toBeNull();
  expect([deadlines, server.asked.length]).toEqual([10, 10]);
});

test.each([null, "", "elsewhere", "0 x y", "9"])(
  "a place that is none (%j) is the beginning",
  (kept) => {
    expect(placeFrom(kept)).toEqual({ list: 0, pages: 0, token: "" });
  },
);

test("a place is kept with whatever the provider calls it", () => {
  const kept = placeAfter({ list: 1, pages: 2, token: "a" }, "b c\nd=", 2);
  expect(placeFrom(kept)).toEqual({ list: 1, pages: 3, token: "b c\nd=" });
});
