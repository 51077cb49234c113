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

const meet = (url: string, options?: { timeoutMs?: number }) =>
  providersAt(url, options).get("google_meet");
const LINK = "https://meet.google.com/abc-defg-hij";

const event = (more: object = {}) => ({
  kind: "calendar#event",
  id: request.key,
  status: "confirmed",
  summary: "Algebra with Mia",
  start: { dateTime: "2026-12-01T10:00:00+01:00", timeZone: "Europe/Madrid" },
  hangoutLink: LINK,
  conferenceData: {
    createRequest: { requestId: request.key, status: { statusCode: "success" } },
    entryPoints: [
      { entryPointType: "phone", uri: "tel:+1-555-0100" },
      { entryPointType: "video", uri: LINK },
    ],
  },
  extendedProperties: { private: { segueKey: request.key, segueInstallation: "inst-1" } },
  ...more,
});
const ok = (more: object = {}): Scripted => ({ status: 200, json: event(more) });
const conference = (statusCode: string) => ({
  hangoutLink: undefined,
  conferenceData: { createRequest: { requestId: request.key, status: { statusCode } } },
});
const refused = (status: number, reason: string, message = reason): Scripted => ({
  status,
  json: { error: { code: status, message, errors: [{ reason, message }] } },
});
const ready = {
  state: "ready",
  externalId: request.key,
  joinUrl: LINK,
  passcode: null,
  startsAt: request.startsAt,
  title: "Algebra with Mia",
};

test("a create asks for a Meet room on an event of our own id, host only, without mails", async () => {
  await using server = await serve([ok()]);
  expect(await meet(server.url).createMeeting(grant, request)).toEqual(ready);
  const [asked] = server.asked;
  expect(asked).toMatchObject({ method: "POST", path: "/calendar/v3/calendars/primary/events" });
  expect(asked?.headers.authorization).toBe("Bearer access-1");
  expect(asked?.query.toString()).toBe("conferenceDataVersion=1&sendUpdates=none");
  expect(JSON.parse(asked?.body ?? "")).toEqual({
    id: request.key,
    summary: "Algebra with Mia",
    start: { dateTime: "2026-12-01T09:00:00Z", timeZone: "Europe/Madrid" },
    end: { dateTime: "2026-12-01T09:45:00Z", timeZone: "Europe/Madrid" },
    guestsCanModify: false,
    guestsCanInviteOthers: false,
    conferenceData: {
      createRequest: {
        requestId: request.key,
        conferenceSolutionKey: { type: "hangoutsMeet" },
      },
    },
    extendedProperties: { private: { segueInstallation: "inst-1", segueKey: request.key } },
  });
});

test("a title longer than ours may be is cut", async () => {
  await using server = await serve([ok()]);
  await meet(server.url).createMeeting(grant, { ...request, title: "x".repeat(500) });
  expect(JSON.parse(server.asked[0]?.body ?? "").summary).toHaveLength(300);
});

test("a room that Google is still making is pending", async () => {
  await using server = await serve([ok(conference("pending")), ok(conference("pending"))]);
  const pending = { state: "pending", externalId: request.key };
  expect(await meet(server.url).createMeeting(grant, request)).toEqual(pending);
  expect(await meet(server.url).getMeeting(grant, request.key)).toEqual(pending);
});

test("a room that Google gave up needs another key and leaves an event to be deleted", async () => {
  await using server = await serve([ok(conference("failure")), ok(conference("failure"))]);
  const failure = { code: "unavailable", keySpent: true, leftover: request.key };
  await expect(meet(server.url).createMeeting(grant, request)).rejects.toMatchObject(failure);
  await expect(meet(server.url).getMeeting(grant, request.key)).rejects.toMatchObject(failure);
});

test("an event without any conference is not supported when made, and gone when read", async () => {
  const bare = { hangoutLink: undefined, conferenceData: undefined };
  await using server = await serve([ok(bare), ok(bare)]);
  await expect(meet(server.url).createMeeting(grant, request)).rejects.toMatchObject({
    code: "not_supported",
    keySpent: true,
    leftover: request.key,
  });
  await expect(meet(server.url).getMeeting(grant, request.key)).rejects.toMatchObject({
    code: "gone",
    leftover: request.key,
  });
});

test("the same create again is answered by the meeting that was made", async () => {
  await using server = await serve([refused(409, "duplicate"), ok()]);
  expect(await meet(server.url).createMeeting(grant, request)).toEqual(ready);
  expect(server.asked[1]).toMatchObject({
    method: "GET",
    path: `/calendar/v3/calendars/primary/events/${request.key}`,
  });
});

test.each<[string, Scripted]>([
  ["a deleted event", ok({ status: "cancelled" })],
  ["an event of someone else", ok({ extendedProperties: undefined })],
  [
    "another installation's event",
    ok({ extendedProperties: { private: { segueKey: request.key, segueInstallation: "other" } } }),
  ],
])("an id taken by %s needs another key", async (_, reply) => {
  await using server = await serve([refused(409, "duplicate"), reply]);
  await expect(meet(server.url).createMeeting(grant, request)).rejects.toMatchObject({
    code: "duplicate",
    keySpent: true,
    leftover: undefined,
  });
});

test("an id that is taken by nothing to be found needs another key", async () => {
  await using server = await serve([refused(409, "duplicate"), refused(404, "notFound")]);
  await expect(meet(server.url).createMeeting(grant, request)).rejects.toMatchObject({
    code: "duplicate",
    keySpent: true,
  });
});

test.each<[string, Scripted]>([
  ["a cut", "cut"],
  ["half an answer", "half"],
  ["a server error", { status: 503, text: "<html>" }],
  ["a page with 200", { status: 200, text: "<html>" }],
  ["an answer of another shape", { status: 200, json: { kind: "calendar#event" } }],
  [
    "a link on another host",
    ok({
      conferenceData: { entryPoints: [{ entryPointType: "video", uri: "https://evil.example/x" }] },
    }),
  ],
])("after %s the outcome of a create is unknown", async (_, reply) => {
  await using server = await serve([reply]);
  await expect(meet(server.url).createMeeting(grant, request)).rejects.toMatchObject({
    code: "outcome_unknown",
  });
});

test("a create that gets no answer in time has an unknown outcome, a read a timeout", async () => {
  await using server = await serve(["hang", "hang"]);
  const slow = meet(server.url, { timeoutMs: 50 });
  await expect(slow.createMeeting(grant, request)).rejects.toMatchObject({
    code: "outcome_unknown",
  });
  await expect(slow.getMeeting(grant, "e1")).rejects.toMatchObject({ code: "timeout" });
});

test("a calendar without Meet is not supported", async () => {
  await using server = await serve([refused(400, "invalid", "Invalid conference type value.")]);
  await expect(meet(server.url).createMeeting(grant, request)).rejects.toMatchObject({
    code: "not_supported",
  });
});

test.each<[string, Scripted, boolean]>([
  ["alive and ours", ok(), true],
  ["still pending", ok(conference("pending")), true],
  ["deleted", ok({ status: "cancelled" }), false],
  ["unknown", refused(404, "notFound"), false],
  ["not ours", ok({ extendedProperties: {} }), false],
  ["without a room", ok({ hangoutLink: undefined, conferenceData: undefined }), false],
])("a meeting is found by its key only where it lives and is ours: %s", async (_, reply, found) => {
  await using server = await serve([reply]);
  const meeting = await findMeeting(meet(server.url), grant, request);
  expect(meeting !== null).toBe(found);
});

test("a fault during a lookup is not taken for nothing there", async () => {
  await using server = await serve([refused(503, "backendError")]);
  await expect(findMeeting(meet(server.url), grant, request)).rejects.toMatchObject({
    code: "unavailable",
  });
});

test.each<[string, Scripted]>([
  ["cancelled", ok({ status: "cancelled" })],
  ["404", refused(404, "notFound")],
  ["410", refused(410, "deleted")],
])("an event that was deleted is gone: %s", async (_, reply) => {
  await using server = await serve([reply, reply]);
  const gone = { code: "gone" };
  const { getMeeting, updateMeeting } = meet(server.url);
  await expect(getMeeting(grant, request.key)).rejects.toMatchObject(gone);
  await expect(updateMeeting(grant, request.key, request)).rejects.toMatchObject(gone);
});

test("an event dragged to all day reads as another time, not as a fault", async () => {
  await using server = await serve([ok({ start: { date: "2026-12-01" } })]);
  expect(await meet(server.url).getMeeting(grant, request.key)).toMatchObject({
    startsAt: new Date("2026-12-01T00:00:00Z"),
  });
});

test("an update changes title and time alone and sends no mails", async () => {
  await using server = await serve([ok()]);
  await meet(server.url).updateMeeting(grant, request.key, request);
  expect(server.asked[0]?.method).toBe("PATCH");
  expect(server.asked[0]?.query.toString()).toBe("sendUpdates=none");
  expect(Object.keys(JSON.parse(server.asked[0]?.body ?? ""))).toEqual(["summary", "start", "end"]);
});

test("a delete takes 204, and says gone where nothing was left", async () => {
  await using server = await serve([{ status: 204 }, refused(410, "deleted")]);
  await meet(server.url).deleteMeeting(grant, request.key);
  expect(server.asked[0]).toMatchObject({ method: "DELETE" });
  await expect(meet(server.url).deleteMeeting(grant, request.key)).rejects.toMatchObject({
    code: "gone",
  });
});

test("the host enters as the account that owns the room", async () => {
  const link = await meet("http://127.0.0.1:9").hostLink(grant, { externalId: "e", joinUrl: LINK });
  expect(link).toBe(`${LINK}?authuser=tutor%40example.com`);
});

const of = { installationId: "inst-1", from: new Date("2026-12-01T00:00:00Z") };
const marked = (id: string, more: object = {}) =>
  event({
    id,
    extendedProperties: { private: { segueKey: id, segueInstallation: "inst-1" } },
    ...more,
  });

test("listed are all events of this installation that aren't past, from every page", async () => {
  const page = (items: object[], nextPageToken?: string): Scripted => ({
    status: 200,
    json: { items, nextPageToken },
  });
  const past = { start: { dateTime: "2026-12-01T00:30:00+01:00" } };
  await using server = await serve([
    page([marked("one"), marked("two", past)], "p2"),
    page([
      marked("three", { status: "cancelled" }),
      marked("four", { start: { date: "2026-12-01" } }),
    ]),
  ]);
  expect(await listMarked(meet(server.url), grant, of)).toEqual([
    { externalId: "one", key: "one", createdAt: null },
    { externalId: "four", key: "four", createdAt: null },
  ]);
  const asked =
    "privateExtendedProperty=segueInstallation%3Dinst-1&timeMin=2026-12-01T00%3A00%3A00Z";
  expect(server.asked.map(({ query }) => query.toString())).toEqual([
    `${asked}&maxResults=2500`,
    `${asked}&maxResults=2500&pageToken=p2`,
  ]);
});

test("a copy that the calendar's owner has made of one of our events isn't ours", async () => {
  const copy = { ...marked("one"), id: "copy" };
  const date = { ...marked("one"), id: "one_20261208T090000Z" };
  await using server = await serve([{ status: 200, json: { items: [copy, date] } }]);
  expect(await listMarked(meet(server.url), grant, of)).toEqual([]);
});

test("an account that can't be listed isn't an empty one", async () => {
  await using server = await serve([refused(403, "rateLimitExceeded")]);
  await expect(listMarked(meet(server.url), grant, of)).rejects.toMatchObject({
    code: "rate_limited",
  });
});
