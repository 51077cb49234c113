import { expect, test } from "vitest";
import { MOST_PAGES } from "#lib/providers/believed.ts";
import {
  type Asked,
  findMeeting,
  grant,
  listMarked,
  providersAt,
  request,
  type Scripted,
  serve,
} from "#lib/providers/testServer.ts";
import { agendaOf, markerOf } from "#lib/providers/zoom/marker.ts";

const zoomAt = (url: string, options?: { timeoutMs?: number }) =>
  providersAt(url, options).get("zoom");
const BARE = "https://us05web.zoom.us/j/82345678901";
const LINK = `${BARE}?pwd=abc`;

const meeting = (more: object = {}) => ({
  id: 82345678901,
  uuid: "aDYlohsHRtCd4ii1uC2+hA==",
  topic: "Algebra with Mia",
  type: 2,
  start_time: "2026-12-01T09:00:00Z",
  join_url: LINK,
  start_url: "https://us05web.zoom.us/s/82345678901?zak=secret",
  agenda: agendaOf(request),
  ...more,
});
const ok = (more: object = {}): Scripted => ({ status: 200, json: meeting(more) });
const refused = (status: number, code: number, message = "No"): Scripted => ({
  status,
  json: { code, message },
});
const ready = {
  state: "ready",
  externalId: "82345678901",
  joinUrl: LINK,
  passcode: null,
  startsAt: request.startsAt,
  title: "Algebra with Mia",
};

test("a create asks for a scheduled meeting with our mark and a waiting room", async () => {
  await using server = await serve([{ status: 201, json: meeting() }]);
  expect(await zoomAt(server.url).createMeeting(grant, request)).toEqual(ready);
  const [asked] = server.asked;
  expect(asked).toMatchObject({ method: "POST", path: "/v2/users/me/meetings" });
  expect(asked?.headers.authorization).toBe("Bearer access-1");
  const body = JSON.parse(asked?.body ?? "");
  expect(body).toEqual({
    type: 2,
    topic: "Algebra with Mia",
    start_time: "2026-12-01T09:00:00Z",
    duration: 45,
    timezone: "Europe/Madrid",
    agenda: expect.any(String),
    settings: { waiting_room: true, join_before_host: false, meeting_authentication: false },
  });
  expect(body.agenda.split("\n")[0]).toBe(`segue:inst-1:${request.key}`);
});

test.each<[what: string, answer: object, passcode: string | null | undefined]>([
  ["is told where the link lacks it", { join_url: BARE, password: "a-B_9@*!" }, "a-B_9@*!"],
  ["is no concern where the link holds it", { password: "123456" }, null],
  ["is told where the link's is empty", { join_url: `${BARE}?pwd=`, password: "1" }, "1"],
  ["is none where the meeting has none", { join_url: BARE, password: "" }, null],
  ["isn't said by an answer without it", { join_url: BARE }, undefined],
  [
    "is believed only as characters that can be typed",
    { join_url: BARE, password: "a b" },
    undefined,
  ],
  ["is believed only within bounds", { join_url: BARE, password: "1".repeat(65) }, undefined],
  ["is believed only as text", { join_url: BARE, password: { is: 1 } }, undefined],
])("a passcode %s", async (_, answer, passcode) => {
  await using server = await serve([ok(answer)]);
  const found = await zoomAt(server.url).getMeeting(grant, "82345678901");
  expect(found).toMatchObject({ state: "ready", passcode });
});

test("a topic is cut to Zoom's 200 characters", async () => {
  await using server = await serve([{ status: 201, json: meeting() }]);
  await zoomAt(server.url).createMeeting(grant, { ...request, title: "x".repeat(300) });
  expect(JSON.parse(server.asked[0]?.body ?? "").topic).toHaveLength(200);
});

test("an id that comes as text is the same id", async () => {
  await using server = await serve([{ status: 201, json: meeting({ id: "82345678901" }) }]);
  expect(await zoomAt(server.url).createMeeting(grant, request)).toEqual(ready);
});

test.each<[string, Scripted]>([
  ["a cut", "cut"],
  ["half an answer", "half"],
  ["500", refused(500, 500)],
  ["a page with 502", { status: 502, text: "<html>Bad gateway</html>" }],
  ["a page with 201", { status: 201, text: "<html>" }],
  ["no link", { status: 201, json: meeting({ join_url: undefined }) }],
  ["a link elsewhere", { status: 201, json: meeting({ join_url: "https://evil.example/j/1" }) }],
  ["an id that is no integer", { status: 201, json: meeting({ id: 1.5 }) }],
])("after %s the outcome of a create is unknown", async (_, reply) => {
  await using server = await serve([reply]);
  await expect(zoomAt(server.url).createMeeting(grant, request)).rejects.toMatchObject({
    code: "outcome_unknown",
  });
});

test("a create that gets no answer in time has an unknown outcome", async () => {
  await using server = await serve(["hang"]);
  await expect(
    zoomAt(server.url, { timeoutMs: 50 }).createMeeting(grant, request),
  ).rejects.toMatchObject({ code: "outcome_unknown" });
});

test.each<[Scripted, string]>([
  [refused(400, 300), "invalid_request"],
  [refused(429, 429), "rate_limited"],
  [refused(401, 124), "grant_revoked"],
])("a create that was refused was not made: %o", async (reply, code) => {
  await using server = await serve([reply]);
  await expect(zoomAt(server.url).createMeeting(grant, request)).rejects.toMatchObject({ code });
});

const stranger = (id: number) => ({ id, topic: "Mine", type: 8, agenda: "Bring a pen" });
const listed = (meetings: object[], next_page_token = ""): Scripted => ({
  status: 200,
  json: { page_size: 300, next_page_token, meetings },
});

test("a meeting is found by its mark on whatever page, agenda cut or not", async () => {
  const cut = { id: 82345678901, agenda: agendaOf(request).slice(0, 250) };
  await using server = await serve([
    listed([stranger(1234567890), { id: 2234567890 }], "page/2="),
    listed([stranger(3234567890), cut]),
    ok(),
  ]);
  expect(await findMeeting(zoomAt(server.url), grant, request)).toEqual(ready);
  expect(server.asked.map((asked) => `${asked.path}?${asked.query}`)).toEqual([
    "/v2/users/me/meetings?type=scheduled&page_size=300",
    "/v2/users/me/meetings?type=scheduled&page_size=300&next_page_token=page%2F2%3D",
    "/v2/meetings/82345678901?",
  ]);
});

test("a meeting in the list of upcoming ones alone is found as well", async () => {
  const found = { id: 82345678901, agenda: agendaOf(request) };
  await using server = await serve([listed([]), listed([found]), ok()]);
  expect(await findMeeting(zoomAt(server.url), grant, request)).toEqual(ready);
  expect(server.asked[1]?.query.get("type")).toBe("upcoming");
});

test("marks of other keys and installations are left alone", async () => {
  const others = [
    { id: 4234567890, agenda: markerOf({ ...request, installationId: "inst-11" }) },
    { id: 5234567890, agenda: markerOf({ ...request, key: `${request.key}0` }) },
    { id: 6234567890, agenda: `see ${markerOf(request)}` },
  ];
  await using server = await serve([listed(others), listed(others)]);
  expect(await findMeeting(zoomAt(server.url), grant, request)).toBeNull();
});

test("a meeting deleted between list and lookup is not there", async () => {
  const found = { id: 82345678901, agenda: agendaOf(request) };
  await using server = await serve([listed([found]), refused(404, 3001)]);
  expect(await findMeeting(zoomAt(server.url), grant, request)).toBeNull();
});

test("a fault during a lookup is not taken for nothing there", async () => {
  await using server = await serve([listed([stranger(1234567890)], "2"), refused(500, 500)]);
  await expect(findMeeting(zoomAt(server.url), grant, request)).rejects.toMatchObject({
    code: "unavailable",
  });
});

test.each([
  ["leads in a circle", () => "again", 2],
  ["never ends", ({ query }: Asked) => `${query.get("next_page_token") ?? ""}+`, MOST_PAGES],
])("a list that %s is given up, and nobody takes it for read", async (_how, next, pages) => {
  await using server = await serve((asked) => listed([], next(asked)));
  const zoom = zoomAt(server.url);
  const failed = { code: "unavailable", message: "The list has no end", status: 200 };
  await expect(findMeeting(zoom, grant, request)).rejects.toMatchObject(failed);
  expect(server.asked).toHaveLength(pages);
  const of = { installationId: request.installationId, from: request.startsAt };
  await expect(listMarked(zoom, grant, of)).rejects.toMatchObject(failed);
});

test("a meeting that was deleted is gone, for reading, changing and deleting alike", async () => {
  await using server = await serve(() => refused(404, 3001, "Meeting does not exist."));
  const provider = zoomAt(server.url);
  const gone = { code: "gone" };
  await expect(provider.getMeeting(grant, "1")).rejects.toMatchObject(gone);
  await expect(provider.updateMeeting(grant, "1", request)).rejects.toMatchObject(gone);
  await expect(provider.deleteMeeting(grant, "1")).rejects.toMatchObject(gone);
});

test("an update changes topic and time alone, and the mark stays", async () => {
  await using server = await serve([{ status: 204 }]);
  await zoomAt(server.url).updateMeeting(grant, "82345678901", request);
  expect(server.asked[0]).toMatchObject({ method: "PATCH", path: "/v2/meetings/82345678901" });
  expect(JSON.parse(server.asked[0]?.body ?? "")).toEqual({
    topic: "Algebra with Mia",
    start_time: "2026-12-01T09:00:00Z",
    duration: 45,
    timezone: "Europe/Madrid",
  });
});

test("a meeting with people inside is not deleted, and says so", async () => {
  await using server = await serve([refused(400, 3002), { status: 204 }]);
  const provider = zoomAt(server.url);
  await expect(provider.deleteMeeting(grant, "1")).rejects.toMatchObject({ code: "in_progress" });
  await provider.deleteMeeting(grant, "1");
  expect(server.asked.map((asked) => asked.method)).toEqual(["DELETE", "DELETE"]);
});

test("the host enters by the start link of the moment, if it is Zoom's", async () => {
  await using server = await serve([ok(), ok({ start_url: "https://evil.example/s" })]);
  const room = { externalId: "82345678901", joinUrl: LINK };
  const provider = zoomAt(server.url);
  expect(await provider.hostLink(grant, room)).toBe(
    "https://us05web.zoom.us/s/82345678901?zak=secret",
  );
  await expect(provider.hostLink(grant, room)).rejects.toMatchObject({ code: "unavailable" });
});

test("listed are all meetings with this installation's mark that aren't past, each once, from whatever page", async () => {
  const agenda = (key: string) => agendaOf({ ...request, key });
  const [one, two, three] = ["a", "b", "c"].map((letter) => letter.repeat(26)) as [
    string,
    string,
    string,
  ];
  const at = (start_time?: string) => ({ start_time });
  const made = "2026-11-20T15:30:00Z";
  await using server = await serve([
    listed(
      [
        { id: 1234567890, agenda: agenda(one).slice(0, 250), ...at("2026-12-01T09:00:00Z") },
        { id: 2234567890, agenda: agenda(two), ...at("2026-11-30T23:59:59Z") },
        stranger(3234567890),
      ],
      "page/2=",
    ),
    listed([
      { id: 4234567890, agenda: agenda(one), ...at("2026-12-02T09:00:00Z"), created_at: made },
      { id: 5234567890, agenda: markerOf({ ...request, installationId: "inst-11" }) },
      { id: 6234567890, agenda: `${markerOf(request)}0` },
    ]),
    listed([
      { id: 1234567890, agenda: agenda(one), ...at("2026-12-01T09:00:00Z") },
      { id: 7234567890, agenda: agenda(three), ...at() },
    ]),
  ]);
  const of = { installationId: "inst-1", from: new Date("2026-12-01T00:00:00Z") };
  expect(await listMarked(zoomAt(server.url), grant, of)).toEqual([
    { externalId: "1234567890", key: one, createdAt: null },
    { externalId: "4234567890", key: one, createdAt: new Date(made) },
    { externalId: "7234567890", key: three, createdAt: null },
  ]);
  expect(server.asked.map(({ query }) => query.get("type"))).toEqual([
    "scheduled",
    "scheduled",
    "upcoming",
  ]);
});

test("a list that breaks off is no list", async () => {
  await using server = await serve([listed([stranger(1234567890)], "2"), refused(500, 500)]);
  const of = { installationId: "inst-1", from: request.startsAt };
  await expect(listMarked(zoomAt(server.url), grant, of)).rejects.toMatchObject({
    code: "unavailable",
  });
});
