/** What isn't needed of an answer, and is odd, keeps people from rooms that exist, or throws tokens away. */
import { expect, test } from "vitest";
import { findMeeting, grant, providersAt, request, type Scripted, serve } from "#lib/providers/testServer.ts";
import { agendaOf } from "#lib/providers/zoom/marker.ts";

const meeting = {
  id: 82_345_678_901,
  host_id: grant.account.userId,
  topic: request.title,
  agenda: agendaOf(request),
  start_time: "2026-12-01T09:00:00Z",
  join_url: "https://us05web.zoom.us/j/82345678901?pwd=abc",
};
const of = { key: request.key, installationId: request.installationId };

test.each(["", "2026-12-01T09:00:00", "2026-12-01 09:00:00", "2026-12-01T09:00Z", 1_795_000_000])(
  "a Zoom meeting with our mark whose start is odd (%j) has its room",
  async (start_time) => {
    const reply = { status: 200, json: { ...meeting, start_time } };
    await using server = await serve([reply, reply]);
    const { createMeeting, getMeeting } = providersAt(server.url).get("zoom");
    expect(await getMeeting(grant, `${meeting.id}`)).toMatchObject({ state: "ready" });
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
  const agenda = spelt(meeting.agenda);
  await using server = await serve(({ method, path }): Scripted => {
    if (method === "POST") return { status: 201, json: { ...meeting, agenda } };
    if (!path.endsWith("/users/me/meetings")) return { status: 200, json: { ...meeting, agenda } };
    return { status: 200, json: { meetings: [{ id: meeting.id, agenda }] } };
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
