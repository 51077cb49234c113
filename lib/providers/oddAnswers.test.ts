import { expect, test } from "vitest";
import {
  findMeeting,
  grant,
  providersAt,
  request,
  type Scripted,
  serve,
} from "#lib/providers/testServer.ts";
import { agendaOf } from "#lib/providers/zoom/marker.ts";

const LINK = "https://meet.google.com/abc-defg-hij";
const zoomMeeting = {
  id: 82_345_678_901,
  host_id: grant.account.userId,
  topic: request.title,
  agenda: agendaOf(request),
  start_time: "2026-12-01T09:00:00Z",
  join_url: "https://us05web.zoom.us/j/82345678901?pwd=abc",
};
const event = {
  kind: "calendar#event",
  id: request.key,
  status: "confirmed",
  summary: request.title,
  start: { dateTime: "2026-12-01T09:00:00Z" },
  hangoutLink: LINK,
  conferenceData: { entryPoints: [{ entryPointType: "video", uri: LINK }] },
  extendedProperties: { private: { segueKey: request.key, segueInstallation: "inst-1" } },
};

test.each(["agenda", "topic", "host_id"])(
  "a Zoom meeting whose %s is null is one",
  async (field) => {
    const reply = { status: 200, json: { ...zoomMeeting, [field]: null } };
    await using server = await serve([reply, reply]);
    const { createMeeting, getMeeting } = providersAt(server.url).get("zoom");
    expect(await createMeeting(grant, request)).toMatchObject({ state: "ready" });
    expect(await getMeeting(grant, "82345678901")).toMatchObject({ state: "ready" });
  },
);

test.each([
  { summary: null },
  { hangoutLink: null },
  { conferenceData: null },
  { conferenceData: { createRequest: null, entryPoints: null } },
  { conferenceData: { createRequest: { status: null } } },
  { extendedProperties: { private: null } },
])("an event with %j is one with a room", async (odd) => {
  const reply = { status: 200, json: { ...event, ...odd } };
  await using server = await serve([reply, reply]);
  const { createMeeting, getMeeting } = providersAt(server.url).get("google_meet");
  expect(await createMeeting(grant, request)).toMatchObject({ state: "ready" });
  expect(await getMeeting(grant, request.key)).toMatchObject({ state: "ready" });
});

test("an event that was made counts as it was asked for where its start isn't said", async () => {
  await using server = await serve([{ status: 200, json: { ...event, start: null } }]);
  const { createMeeting } = providersAt(server.url).get("google_meet");
  const { startsAt } = request;
  expect(await createMeeting(grant, request)).toMatchObject({ state: "ready", startsAt });
});

const bare = { ...event, hangoutLink: undefined, conferenceData: undefined };

test.each([
  { id: event.id },
  { ...bare, kind: undefined },
  { ...bare, start: undefined },
  { ...bare, extendedProperties: undefined },
  { ...bare, conferenceData: { createRequest: {} } },
])("an event that is shown in part only isn't one whose room is gone: %j", async (json) => {
  await using server = await serve([
    { status: 200, json },
    { status: 200, json },
  ]);
  const { createMeeting, getMeeting } = providersAt(server.url).get("google_meet");
  await expect(getMeeting(grant, request.key)).rejects.toMatchObject({ code: "unavailable" });
  await expect(createMeeting(grant, request)).rejects.toMatchObject({ code: "outcome_unknown" });
});

test("a progress of the conference that nobody knows is waited for", async () => {
  const conferenceData = { createRequest: { status: { statusCode: "queued" } } };
  await using server = await serve([{ status: 200, json: { ...bare, conferenceData } }]);
  const { createMeeting } = providersAt(server.url).get("google_meet");
  expect(await createMeeting(grant, request)).toMatchObject({ state: "pending" });
});

const of = { key: request.key, installationId: request.installationId };

test.each(["", "2026-12-01T09:00:00", "2026-12-01 09:00:00", "2026-12-01T09:00Z", 1_795_000_000])(
  "a Zoom meeting with our mark whose start is odd (%j) has its room",
  async (start_time) => {
    const reply = { status: 200, json: { ...zoomMeeting, start_time } };
    await using server = await serve([reply, reply]);
    const { createMeeting, getMeeting } = providersAt(server.url).get("zoom");
    expect(await getMeeting(grant, `${zoomMeeting.id}`)).toMatchObject({ state: "ready" });
    expect(await createMeeting(grant, request)).toMatchObject({ state: "ready" });
  },
);

test.each([
  ["a leading line", (agenda: string) => `\n${agenda}`],
  ["<br> for a line end", (agenda: string) => agenda.replace("\n", "<br>")],
  ["\\n written out", (agenda: string) => agenda.replace("\n", "\\n")],
  ["no line ends", (agenda: string) => agenda.replace("\n", "")],
  ["a paragraph", (agenda: string) => `<p>${agenda.replace("\n", "</p><p>")}</p>`],
] as const)("a mark that comes back with %s is still ours", async (_, spelt) => {
  const agenda = spelt(zoomMeeting.agenda);
  await using server = await serve(({ method, path }): Scripted => {
    if (method === "POST") return { status: 201, json: { ...zoomMeeting, agenda } };
    if (!path.endsWith("/users/me/meetings"))
      return { status: 200, json: { ...zoomMeeting, agenda } };
    return { status: 200, json: { meetings: [{ id: zoomMeeting.id, agenda }] } };
  });
  const zoom = providersAt(server.url).get("zoom");
  const made = await zoom.createMeeting(grant, request).catch((error: unknown) => error);
  const found = await findMeeting(zoom, grant, of);
  expect([made, found]).toMatchObject([{ state: "ready" }, { state: "ready" }]);
});

const tokens = {
  access_token: "new-access",
  refresh_token: "new-refresh",
  token_type: "bearer",
  expires_in: 3599,
};

test.each([
  { token_type: "BearerToken" },
  { token_type: "Bearer " },
  { token_type: "N/A" },
  { id_token: "not.a.jwt" },
  { id_token: "opaque" },
  { scope: "" },
])("tokens that rotated aren't lost because of %j", async (odd) => {
  await using server = await serve([{ status: 200, json: { ...tokens, ...odd } }]);
  const zoom = providersAt(server.url).get("zoom");
  expect(await zoom.refresh("old")).toMatchObject({
    accessToken: "new-access",
    refreshToken: "new-refresh",
  });
});
