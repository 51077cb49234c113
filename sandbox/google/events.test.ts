import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Got, TestSandbox, withBearer } from "#sandbox/testing.ts";

const maya = "demo.one@example.com";
const sandbox = new TestSandbox(new Date("2026-11-20T09:00:00Z"));
let token = "";
let made = 0;

beforeAll(async () => {
  await sandbox.start();
  token = (await sandbox.signIn("google", maya)).access_token;
});
afterAll(() => sandbox.end());
afterEach(async () => {
  await sandbox.send("DELETE", `${sandbox.url}/control/faults`);
});

type Json = Record<string, unknown>;
const query = (parameters: Record<string, string> | string[][]) => {
  const text = new URLSearchParams(parameters).toString();
  return text && `?${text}`;
};
const collection = () => `${sandbox.env("GOOGLE_API_URL")}/calendar/v3/calendars/primary/events`;
const call = (method: string, path: string, body?: Json, headers: Record<string, string> = {}) =>
  sandbox.send(method, `${collection()}${path}`, body, { ...withBearer(token), ...headers });

const freshId = () => {
  made += 1;
  return `lesson${String(made).padStart(6, "0")}`;
};
const lesson = (id: string, more: Json = {}): Json => ({
  id,
  summary: "Algebra",
  start: { dateTime: "2026-12-01T10:00:00Z", timeZone: "Europe/Berlin" },
  end: { dateTime: "2026-12-01T11:00:00Z", timeZone: "Europe/Berlin" },
  ...more,
});
const meet = (requestId: string) => ({
  conferenceData: {
    createRequest: { requestId, conferenceSolutionKey: { type: "hangoutsMeet" } },
  },
});
const insert = (body: Json, parameters: Record<string, string> = { conferenceDataVersion: "1" }) =>
  call("POST", query(parameters), body);
const withMeet = async (more: Json = {}) => {
  const id = freshId();
  return { id, got: await insert(lesson(id, { ...meet(id), ...more })) };
};

const reason = (got: Got) =>
  (got.json as { error?: { code: number; errors: { reason: string }[] } }).error?.errors[0]?.reason;
const conference = (got: Got) =>
  got.json.conferenceData as
    | { createRequest: { status: { statusCode: string } }; entryPoints?: unknown[] }
    | undefined;
const statusCode = (got: Got) => conference(got)?.createRequest.status.statusCode;

test("9: a missing or unknown bearer is 401 authError", async () => {
  for (const headers of [{ authorization: "" }, withBearer("ya29.unknown")]) {
    const got = await call("GET", "", undefined, headers);
    expect([got.status, reason(got)]).toEqual([401, "authError"]);
  }
});

test("10: a token without the calendar's scope is 403 insufficientPermissions", async () => {
  const poor = await sandbox.signIn("google", "demo.four@example.net", { scope: "openid email" });
  const got = await call("POST", "", lesson(freshId()), withBearer(poor.access_token));
  expect([got.status, reason(got)]).toEqual([403, "insufficientPermissions"]);
});

test("11: without conferenceDataVersion 1 the conference is dropped without a word", async () => {
  const without: Record<string, string>[] = [{}, { conferenceDataVersion: "0" }];
  for (const parameters of without) {
    const id = freshId();
    const got = await insert(lesson(id, meet(id)), parameters);
    expect(got.status).toBe(200);
    expect(got.json).not.toHaveProperty("conferenceData");
    expect(got.json).not.toHaveProperty("hangoutLink");
  }
});

test("12: with version 1 a conference is there at once", async () => {
  const { got } = await withMeet();
  expect(statusCode(got)).toBe("success");
  expect(got.json.hangoutLink).toMatch(/\/meet\/[a-z]{3}-[a-z]{4}-[a-z]{3}$/);
  expect(conference(got)?.entryPoints).toMatchObject([
    { entryPointType: "video", uri: got.json.hangoutLink },
  ]);
});

test("12: a pending conference is found by as many GETs as the switch says, then succeeds", async () => {
  const effect = "conference_pending";
  await sandbox.faults({ provider: "google", operation: "create", effect, times: 2 });
  const { id, got } = await withMeet();
  expect(statusCode(got)).toBe("pending");
  expect(got.json).not.toHaveProperty("hangoutLink");
  const seen = [];
  for (let round = 0; round < 3; round += 1) seen.push(statusCode(await call("GET", `/${id}`)));
  expect(seen).toEqual(["pending", "pending", "success"]);
});

test("12: a failed conference has neither entry points nor a link", async () => {
  const effect = "conference_failure";
  await sandbox.faults({ provider: "google", operation: "create", effect });
  const { got } = await withMeet();
  expect(got.status).toBe(200);
  expect(statusCode(got)).toBe("failure");
  expect(conference(got)).not.toHaveProperty("entryPoints");
  expect(got.json).not.toHaveProperty("hangoutLink");
});

test("13: a calendar without Meet refuses the conference with 400", async () => {
  const effect = "meet_not_allowed";
  await sandbox.faults({ provider: "google", operation: "create", effect });
  const { id, got } = await withMeet();
  expect(got.status).toBe(400);
  expect(got.text).toContain("Invalid conference type value.");
  expect((await call("GET", `/${id}`)).status).toBe(404);
});

test.each(["abcd", "xyz12345", "ABCDEF", "lesson-1"])("14: the id %s is refused", async (id) => {
  const got = await insert(lesson(id));
  expect([got.status, reason(got)]).toEqual([400, "invalid"]);
});

test("14: an id that is taken is 409 duplicate, and the first event stays as it was", async () => {
  const { id } = await withMeet();
  const got = await insert(lesson(id, { summary: "Another" }));
  expect([got.status, reason(got)]).toEqual([409, "duplicate"]);
  expect((await call("GET", `/${id}`)).json.summary).toBe("Algebra");
});

test("15: the id of a deleted event stays taken", async () => {
  const { id } = await withMeet();
  await call("DELETE", `/${id}`);
  expect((await insert(lesson(id))).status).toBe(409);
});

test("16: a delete is 204, again 410, and 404 for what never was", async () => {
  const { id } = await withMeet();
  const first = await call("DELETE", `/${id}`);
  expect([first.status, first.text]).toEqual([204, ""]);
  const second = await call("DELETE", `/${id}`);
  expect([second.status, reason(second)]).toEqual([410, "deleted"]);
  const never = await call("DELETE", "/neverwas1");
  expect([never.status, reason(never)]).toEqual([404, "notFound"]);
});

test("17: a deleted event can be read and is cancelled; one that never was is 404", async () => {
  const { id } = await withMeet();
  await call("DELETE", `/${id}`);
  const got = await call("GET", `/${id}`);
  expect([got.status, got.json.status]).toEqual([200, "cancelled"]);
  expect((await call("GET", "/neverwas1")).status).toBe(404);
});

const items = (got: Got) => (got.json.items as { id: string }[]).map((item) => item.id);

test("18: private properties filter together, and deleted events hide", async () => {
  const mark = (group: string, nr: string) => ({ extendedProperties: { private: { group, nr } } });
  const one = await withMeet(mark("g1", "1"));
  const two = await withMeet(mark("g1", "2"));
  const gone = await withMeet(mark("g1", "3"));
  await call("DELETE", `/${gone.id}`);
  const wanted = (...pairs: string[]) => pairs.map((pair) => ["privateExtendedProperty", pair]);
  expect(items(await call("GET", query(wanted("group=g1"))))).toEqual([one.id, two.id]);
  expect(items(await call("GET", query(wanted("group=g1", "nr=2"))))).toEqual([two.id]);
  const all = await call("GET", query([...wanted("group=g1"), ["showDeleted", "true"]]));
  expect(items(all)).toEqual([one.id, two.id, gone.id]);
});

test("18: timeMin and timeMax find what overlaps, and touching is not overlapping", async () => {
  const day = (hour: string) => ({ dateTime: `2027-03-01T${hour}:00:00Z` });
  const id = freshId();
  await insert(lesson(id, { start: day("10"), end: day("11") }));
  const between = async (timeMin: string, timeMax: string) =>
    items(await call("GET", query({ timeMin, timeMax })));
  expect(await between("2027-03-01T10:30:00Z", "2027-03-01T12:00:00Z")).toEqual([id]);
  expect(await between("2027-03-01T11:00:00Z", "2027-03-01T12:00:00Z")).toEqual([]);
  expect(await between("2027-03-01T09:00:00Z", "2027-03-01T10:00:00Z")).toEqual([]);
});

test("18: pages follow each other without gap or overlap", async () => {
  const shared = { extendedProperties: { private: { series: "pages" } } };
  const made = [await withMeet(shared), await withMeet(shared), await withMeet(shared)];
  const base = { privateExtendedProperty: "series=pages", maxResults: "2" };
  const first = await call("GET", query(base));
  const pageToken = String(first.json.nextPageToken);
  const second = await call("GET", query({ ...base, pageToken }));
  expect([...items(first), ...items(second)]).toEqual(made.map(({ id }) => id));
  expect(second.json).not.toHaveProperty("nextPageToken");
  expect((await call("GET", query({ pageToken }))).status).toBe(400);
});

test.each([
  ["rate_limited", 429, "rateLimitExceeded"],
  ["rate_limited_403", 403, "rateLimitExceeded"],
  ["user_rate_limited_403", 403, "userRateLimitExceeded"],
  ["quota_exceeded_403", 403, "quotaExceeded"],
  ["server_error", 500, "backendError"],
  ["unavailable", 503, "backendError"],
] as const)("19: %s answers %i %s and writes nothing", async (effect, status, why) => {
  await sandbox.faults({ provider: "google", operation: "create", effect, times: 1 });
  const { id, got } = await withMeet();
  expect([got.status, reason(got)]).toEqual([status, why]);
  expect((await call("GET", `/${id}`)).status).toBe(404);
});

test("19: a connection cut after the write leaves the event behind", async () => {
  const effect = "cut_after_write";
  await sandbox.faults({ provider: "google", operation: "create", effect, times: 1 });
  const id = freshId();
  await expect(insert(lesson(id))).rejects.toThrow("fetch failed");
  expect((await call("GET", `/${id}`)).status).toBe(200);
});

test("20: PATCH merges, raises the sequence when the time moves, and records sendUpdates", async () => {
  const { id } = await withMeet({ extendedProperties: { private: { a: "1", b: "2" } } });
  const got = await call("PATCH", `/${id}${query({ sendUpdates: "all" })}`, {
    summary: "Geometry",
    description: null,
    extendedProperties: { private: { b: "3" } },
    start: { dateTime: "2026-12-01T12:00:00Z" },
    end: { dateTime: "2026-12-01T13:00:00Z" },
  });
  expect(got.json).toMatchObject({
    summary: "Geometry",
    sequence: 1,
    extendedProperties: { private: { a: "1", b: "3" } },
  });
  expect(statusCode(got)).toBe("success");
  const state = await sandbox.request(`${sandbox.url}/control/state`);
  const { meetings } = state.json.google as {
    meetings: { id: string; sendUpdates: string[] }[];
  };
  expect(meetings.find((meeting) => meeting.id === id)?.sendUpdates).toEqual(["none", "all"]);
});

test("20: If-Match with an old etag is 412 and changes nothing", async () => {
  const { id, got } = await withMeet();
  const etag = String(got.json.etag);
  const change = (summary: string) => call("PATCH", `/${id}`, { summary }, { "if-match": etag });
  expect((await change("First")).status).toBe(200);
  const late = await change("Second");
  expect([late.status, reason(late)]).toEqual([412, "conditionNotMet"]);
  expect((await call("GET", `/${id}`)).json.summary).toBe("First");
});

test("20: repeating the request id of the conference keeps the link, another one changes it", async () => {
  const { id, got } = await withMeet();
  const patch = (requestId: string) =>
    call("PATCH", `/${id}${query({ conferenceDataVersion: "1" })}`, meet(requestId));
  expect((await patch(id)).json.hangoutLink).toBe(got.json.hangoutLink);
  expect((await patch("other")).json.hangoutLink).not.toBe(got.json.hangoutLink);
});

test("a PATCH of a deleted event leaves it cancelled, or is refused where so set", async () => {
  const { id } = await withMeet();
  await call("DELETE", `/${id}`);
  const accepted = await call("PATCH", `/${id}`, { summary: "Late" });
  expect([accepted.status, accepted.json.status]).toEqual([200, "cancelled"]);
  await sandbox.settings({ googlePatchDeleted: "gone" });
  expect((await call("PATCH", `/${id}`, { summary: "Later" })).status).toBe(410);
  await sandbox.settings({ googlePatchDeleted: "cancelled" });
});

test("times come back in the event's own zone", async () => {
  const { got } = await withMeet();
  expect(got.json.start).toEqual({
    dateTime: "2026-12-01T11:00:00+01:00",
    timeZone: "Europe/Berlin",
  });
});

test("20: an event has a date or a time, never both, and a change that leaves both is refused", async () => {
  const { id } = await withMeet();
  const allDay = { start: { date: "2026-12-02" }, end: { date: "2026-12-03" } };
  expect(reason(await call("PATCH", `/${id}`, allDay))).toBe("invalid");
  const cleared = {
    start: { date: "2026-12-02", dateTime: null },
    end: { date: "2026-12-03", dateTime: null },
  };
  expect((await call("PATCH", `/${id}`, cleared)).json).toMatchObject(allDay);
  const { start, end } = lesson(id) as Record<"start" | "end", Json>;
  expect(reason(await call("PATCH", `/${id}`, { start, end }))).toBe("invalid");
  const timed = { start: { ...start, date: null }, end: { ...end, date: null } };
  const got = await call("PATCH", `/${id}`, timed);
  expect(got.json.start).toEqual({
    dateTime: "2026-12-01T11:00:00+01:00",
    timeZone: "Europe/Berlin",
  });
});
