import { expect, test } from "vitest";
import { grant, providersAt, request, type Scripted, serve } from "#lib/providers/testServer.ts";
import { agendaOf } from "#lib/providers/zoom/marker.ts";

const page: Scripted = { status: 200, text: "<html><body>Sign in to this network</body></html>" };
const refusalAsSuccess: Scripted = { status: 200, json: { code: 3001, message: "Not there." } };
const gatewayRefusals: [string, Scripted][] = [
  ["a page with 404", { status: 404, text: "<html>Not found</html>" }],
  ["a gateway's 404", { status: 404, json: { message: "no Route matched with those values" } }],
  ["a 404 that repeats its status", { status: 404, json: { code: 404, message: "Not found" } }],
  ["another service's 404", { status: 404, json: { error: { message: "Not found" } } }],
  ["a 410 without a reason", { status: 410, json: { error: { code: 410, message: "Gone" } } }],
];

const ids = { zoom: "82345678901", google_meet: request.key } as const;
const each = ["zoom", "google_meet"] as const;
const unbelieved = { code: "unavailable" };

for (const id of each) {
  const at = (url: string) => providersAt(url).get(id);

  test.each<[string, Scripted]>([
    ["a proxy's page", page],
    ["no body", { status: 204 }],
    ["a refusal under 200", refusalAsSuccess],
    ["another meeting", { status: 200, json: { ...meetingOf(id), id: otherId(id) } }],
  ])(`at ${id}, %s isn't believed where a meeting was asked for`, async (_, reply) => {
    await using server = await serve(() => reply);
    await expect(at(server.url).getMeeting(grant, ids[id])).rejects.toMatchObject(unbelieved);
  });

  test.each<[string, Scripted]>([
    ["a proxy's page", page],
    ["no body", { status: 204 }],
    ["another meeting", { status: 201, json: { ...meetingOf(id), ...another(id) } }],
  ])(`at ${id}, %s leaves the outcome of a create unknown`, async (_, reply) => {
    await using server = await serve(() => reply);
    await expect(at(server.url).createMeeting(grant, request)).rejects.toMatchObject({
      code: "outcome_unknown",
    });
  });

  test.each<[string, Scripted]>([
    ["a proxy's page", page],
    ["a refusal under 200", refusalAsSuccess],
  ])(`at ${id}, %s doesn't count as deleted or changed`, async (_, reply) => {
    await using server = await serve(() => reply);
    const { deleteMeeting, updateMeeting } = at(server.url);
    await expect(deleteMeeting(grant, ids[id])).rejects.toMatchObject(unbelieved);
    await expect(updateMeeting(grant, ids[id], request)).rejects.toMatchObject({
      // Zoom counts a change that was made, whoever answered.
      code: id === "zoom" ? "outcome_unknown" : "unavailable",
    });
  });

  test(`at ${id}, a proxy's page doesn't say that a token is dead`, async () => {
    await using server = await serve([page]);
    await expect(at(server.url).revoke("refresh-1")).rejects.toMatchObject(unbelieved);
  });

  test.each(gatewayRefusals)(`at ${id}, %s makes no room count as gone`, async (_, reply) => {
    await using server = await serve(() => reply);
    const { getMeeting, updateMeeting, deleteMeeting, findMeeting } = at(server.url);
    await expect(getMeeting(grant, ids[id])).rejects.toMatchObject(unbelieved);
    await expect(updateMeeting(grant, ids[id], request)).rejects.toMatchObject(unbelieved);
    await expect(deleteMeeting(grant, ids[id])).rejects.toMatchObject(unbelieved);
    await expect(findMeeting(grant, request, null)).rejects.toMatchObject(unbelieved);
  });

  test.each<[string, Scripted]>([
    ["a proxy's page", page],
    ["somebody's empty object", { status: 200, json: {} }],
    ["a refusal under 200", refusalAsSuccess],
  ])(`at ${id}, %s isn't an empty list`, async (_, reply) => {
    await using server = await serve(() => reply);
    const of = { installationId: "inst-1", from: request.startsAt };
    await expect(at(server.url).listMarked(grant, of, null)).rejects.toMatchObject(unbelieved);
  });
}

test("a room at Zoom that answers as another host's isn't believed", async () => {
  const reply = { status: 200, json: { ...meetingOf("zoom"), host_id: "somebody" } };
  await using server = await serve(() => reply);
  const zoom = providersAt(server.url).get("zoom");
  await expect(zoom.getMeeting(grant, ids.zoom)).rejects.toMatchObject(unbelieved);
  await expect(zoom.createMeeting(grant, request)).rejects.toMatchObject({
    code: "outcome_unknown",
  });
});

test("an answer to a create whose link leads to another meeting isn't believed", async () => {
  const json = { ...meetingOf("zoom"), id: otherId("zoom") };
  await using server = await serve([{ status: 201, json }]);
  const { createMeeting } = providersAt(server.url).get("zoom");
  await expect(createMeeting(grant, request)).rejects.toMatchObject({ code: "outcome_unknown" });
});

test("a create's answer without an agenda counts where it has the time and title that were asked for", async () => {
  const answer = (start_time: string, topic = request.title): Scripted => ({
    status: 201,
    json: { ...meetingOf("zoom"), agenda: "", start_time, topic },
  });
  await using server = await serve([
    answer("2026-12-01T09:00:00Z"),
    answer("2026-12-02T09:00:00Z"),
    answer("2026-12-01T09:00:00Z", "Another"),
  ]);
  const { createMeeting } = providersAt(server.url).get("zoom");
  const spelled = { ...request, title: "Algebra 🧮  with Mia" };
  expect(await createMeeting(grant, spelled)).toMatchObject({ externalId: ids.zoom });
  const unknown = { code: "outcome_unknown" };
  await expect(createMeeting(grant, request)).rejects.toMatchObject(unknown);
  await expect(createMeeting(grant, request)).rejects.toMatchObject(unknown);
});

test("the way in for the host isn't another meeting's", async () => {
  const start_url = "https://us05web.zoom.us/s/91111111111?zak=secret";
  const json = { ...meetingOf("zoom"), id: 91_111_111_111, start_url };
  await using server = await serve([{ status: 200, json }]);
  const room = { externalId: ids.zoom, joinUrl: "https://zoom.us/j/82345678901" };
  const zoom = providersAt(server.url).get("zoom");
  await expect(zoom.hostLink(grant, room)).rejects.toMatchObject(unbelieved);
});

function meetingOf(id: (typeof each)[number]) {
  return id === "zoom"
    ? {
        id: Number(ids.zoom),
        host_id: grant.account.userId,
        topic: request.title,
        agenda: agendaOf(request),
        start_time: "2026-12-01T09:00:00Z",
        join_url: "https://us05web.zoom.us/j/82345678901?pwd=abc",
      }
    : {
        id: request.key,
        status: "confirmed",
        summary: request.title,
        start: { dateTime: "2026-12-01T09:00:00Z" },
        hangoutLink: "https://meet.google.com/abc-defg-hij",
      };
}

function otherId(id: (typeof each)[number]) {
  return id === "zoom" ? 91_111_111_111 : "other";
}

/** A cached answer to an earlier create. */
function another(id: (typeof each)[number]) {
  return id === "zoom"
    ? { id: otherId(id), agenda: agendaOf({ ...request, key: "0".repeat(26) }) }
    : { id: otherId(id) };
}
