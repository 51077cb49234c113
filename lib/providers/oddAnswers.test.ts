import { expect, test } from "vitest";
import { grant, providersAt, request, serve } from "#lib/providers/testServer.ts";
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
