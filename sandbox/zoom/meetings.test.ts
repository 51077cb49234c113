import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Got, TestSandbox, withBearer } from "#sandbox/testing.ts";

const priya = "demo.three@example.org";
const sandbox = new TestSandbox(new Date("2026-11-20T09:00:00Z"));
let token = "";

beforeAll(async () => {
  await sandbox.start();
  await sandbox.settings({ zoomPlan: "none", zoomDailyLimit: null });
  token = (await sandbox.signIn("zoom", priya)).access_token;
});
afterAll(() => sandbox.end());
afterEach(async () => {
  await sandbox.send("DELETE", `${sandbox.url}/control/faults`);
  await sandbox.settings({ zoomPlan: "none", zoomDailyLimit: null, zoomMissingScopeCode: 4711 });
});

type Json = Record<string, unknown>;
const call = (method: string, path: string, body?: Json, bearer = token) =>
  sandbox.send(method, `${sandbox.env("ZOOM_API_URL")}${path}`, body, withBearer(bearer));
const lesson: Json = {
  topic: "Algebra",
  agenda: "segue key",
  type: 2,
  start_time: "2026-12-01T10:00:00Z",
  duration: 45,
  timezone: "Europe/Berlin",
};
const create = (more: Json = {}) => call("POST", "/users/me/meetings", { ...lesson, ...more });
const created = async (more: Json = {}) => String((await create(more)).json.id);
const list = (query: string) => call("GET", `/users/me/meetings?page_size=300&${query}`);
const listed = (got: Got) => got.json.meetings as Json[];
const byHand = (what: string, id: string) =>
  sandbox.send("POST", `${sandbox.url}/control/${what}`, { provider: "zoom", id });
const codeOf = (got: Got) => [got.status, got.json.code];

test("10: a missing or unknown token is 401 with code 124", async () => {
  expect(codeOf(await call("GET", "/users/me", undefined, "unknown"))).toEqual([401, 124]);
  expect(codeOf(await sandbox.request(`${sandbox.env("ZOOM_API_URL")}/users/me`))).toEqual([
    401, 124,
  ]);
});

test.each([4711, 104, 4700] as const)("11: a missing scope is 400, as code %i", async (code) => {
  await sandbox.settings({ zoomMissingScopeCode: code });
  const poor = await sandbox.signIn("zoom", "demo.four@example.net", { scope: "user:read:user" });
  const got = await call("POST", "/users/me/meetings", lesson, poor.access_token);
  expect(codeOf(got)).toEqual([400, code]);
  expect(got.json.message).toContain("does not contain scopes:[meeting:write:meeting");
});

test("12: a meeting is made with an 11-digit id, a passcode in its link and a host's link", async () => {
  const got = await create();
  expect(got.status).toBe(201);
  expect(String(got.json.id)).toMatch(/^\d{11}$/);
  expect(got.json.id).toBeGreaterThan(2 ** 32);
  expect(got.json.join_url).toMatch(/\/zoom\/j\/\d{11}\?pwd=\S+$/);
  expect(got.json.start_url).toMatch(/\/zoom\/s\/\d{11}\?zak=\S+$/);
  expect(got.json).toMatchObject({ ...lesson, status: "waiting", host_email: priya });
});

test.each([
  ["topic", { topic: "x".repeat(201) }],
  ["agenda", { agenda: "x".repeat(2_001) }],
  ["type", { type: 4 }],
  ["start_time", { start_time: "2026-12-01T10:00:00+01:00" }],
  ["start_time", { start_time: "tomorrow" }],
  ["duration", { duration: "45" }],
  ["timezone", { timezone: "Berlin" }],
  ["password", { password: "elevenchars" }],
])("12: an invalid %s is 400 with code 300 and names the field", async (field, more) => {
  const got = await create(more);
  expect(codeOf(got)).toEqual([400, 300]);
  expect(got.json.errors).toMatchObject([{ field }]);
});

test("13: the same request twice makes two meetings", async () => {
  expect(await created({ topic: "Twice" })).not.toBe(await created({ topic: "Twice" }));
});

test("13: a meeting whose answer was lost is there, and its agenda shows whose it is", async () => {
  const effect = "cut_after_write";
  await sandbox.faults({ provider: "zoom", operation: "create", effect, times: 1 });
  await expect(create({ agenda: "marker-lost" })).rejects.toThrow("fetch failed");
  const found = listed(await list("type=scheduled"));
  expect(found.filter(({ agenda }) => agenda === "marker-lost")).toHaveLength(1);
});

test("14: a start with Z is GMT whatever the zone, one without is read in the zone", async () => {
  const start = async (start_time: string) => (await create({ start_time })).json.start_time;
  expect(await start("2026-12-01T10:00:00Z")).toBe("2026-12-01T10:00:00Z");
  expect(await start("2026-12-01T10:00:00")).toBe("2026-12-01T09:00:00Z");
});

test("15: a list cuts the agenda to 250 characters, a GET does not", async () => {
  const agenda = "y".repeat(400);
  const id = await created({ agenda });
  const found = listed(await list("type=scheduled")).find((meeting) => String(meeting.id) === id);
  expect(found?.agenda).toBe("y".repeat(250));
  expect((await call("GET", `/meetings/${id}`)).json.agenda).toBe(agenda);
});

test("15: pages are 30 long unless asked for more, up to 300, and their token lives 15 minutes", async () => {
  for (let count = 0; count < 31; count += 1) await create();
  const first = await call("GET", "/users/me/meetings");
  expect(first.json).toMatchObject({ page_size: 30, total_records: expect.any(Number) });
  expect(listed(first)).toHaveLength(30);
  const next = `/users/me/meetings?next_page_token=${String(first.json.next_page_token)}`;
  const seen = new Set(listed(first).map(({ id }) => id));
  expect(listed(await call("GET", next)).some(({ id }) => seen.has(id))).toBe(false);
  sandbox.pass(15 * 60_000);
  expect(codeOf(await call("GET", next))).toEqual([400, 300]);
  expect(codeOf(await call("GET", "/users/me/meetings?page_size=301"))).toEqual([400, 300]);
  expect((await list("type=scheduled")).json.next_page_token).toBe("");
});

test("15: upcoming leaves out what is over, scheduled keeps it for thirty days", async () => {
  const id = await created({ start_time: "2026-11-20T07:00:00Z" });
  const has = async (type: string) =>
    listed(await list(`type=${type}`)).some((meeting) => String(meeting.id) === id);
  expect(await has("scheduled")).toBe(true);
  expect(await has("previous_meetings")).toBe(true);
  expect(await has("upcoming")).toBe(false);
});

test("16: a PATCH is 204 and ignores a start in the past", async () => {
  const id = await created();
  const got = await call("PATCH", `/meetings/${id}`, {
    topic: "Geometry",
    start_time: "2026-11-01T10:00:00Z",
  });
  expect([got.status, got.text]).toEqual([204, ""]);
  const now = await call("GET", `/meetings/${id}`);
  expect(now.json).toMatchObject({ topic: "Geometry", start_time: "2026-12-01T10:00:00Z" });
});

test("16: a deleted meeting is gone for every verb: 404 with code 3001", async () => {
  const id = await created();
  expect((await call("DELETE", `/meetings/${id}`)).status).toBe(204);
  for (const method of ["GET", "PATCH", "DELETE"]) {
    const body = method === "PATCH" ? { topic: "Late" } : undefined;
    expect(codeOf(await call(method, `/meetings/${id}`, body))).toEqual([404, 3001]);
  }
});

test("16: a meeting deleted by hand is gone, and another user's was never there", async () => {
  const id = await created();
  const other = await sandbox.signIn("zoom", "demo.four@example.net");
  const asOther = await call("GET", `/meetings/${id}`, undefined, other.access_token);
  expect(codeOf(asOther)).toEqual([404, 3001]);
  await byHand("delete-meeting", id);
  expect(codeOf(await call("GET", `/meetings/${id}`))).toEqual([404, 3001]);
});

test("17: a meeting in progress can't be deleted (3002) until it has been ended; a deleted one recovers", async () => {
  const scope = "meeting:update:status meeting:write:meeting meeting:delete:meeting";
  const tokens = await sandbox.signIn("zoom", "ann.host@example.org", { scope });
  const as = (method: string, path: string, body?: Json) =>
    call(method, path, body, tokens.access_token);
  const made = await as("POST", "/users/me/meetings", lesson);
  const path = `/meetings/${String(made.json.id)}`;
  await byHand("start-meeting", String(made.json.id));
  expect(codeOf(await as("DELETE", path))).toEqual([400, 3002]);
  expect((await as("PUT", `${path}/status`, { action: "end" })).status).toBe(204);
  expect((await as("DELETE", path)).status).toBe(204);
  expect((await as("PUT", `${path}/status`, { action: "recover" })).status).toBe(204);
  expect((await as("DELETE", path)).status).toBe(204);
});

test("18: the 101st create or update of a day is 429 until midnight in GMT, named as a date", async () => {
  await sandbox.settings({ zoomDailyLimit: 100 });
  const id = await created();
  for (let count = 0; count < 49; count += 1) await create();
  for (let count = 0; count < 50; count += 1) {
    expect((await call("PATCH", `/meetings/${id}`, { topic: `T${count}` })).status).toBe(204);
  }
  const refused = await create();
  expect(refused.status).toBe(429);
  expect(refused.headers.get("x-ratelimit-type")).toBe("Daily-limit");
  expect(refused.headers.get("retry-after")).toBe("2026-11-21T00:00:00Z");
  expect(refused.json.message).toContain("daily rate limit (100)");
  expect((await call("GET", `/meetings/${id}`)).status).toBe(200);
  const { now } = sandbox;
  sandbox.now = new Date("2026-11-21T00:00:00Z");
  token = (await sandbox.signIn("zoom", priya)).access_token;
  expect((await create()).status).toBe(201);
  sandbox.now = now;
});

test("19: more calls in a second than the plan allows are 429 with the plan's numbers", async () => {
  await sandbox.settings({ zoomPlan: "free" });
  const got = await Promise.all(Array.from({ length: 12 }, () => list("type=upcoming")));
  const refused = got.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]?.headers.get("x-ratelimit-type")).toBe("QPS");
  expect(refused[0]?.headers.get("x-ratelimit-category")).toBe("Medium");
  expect(refused[0]?.headers.get("x-ratelimit-limit")).toBe("2");
  expect(refused[0]?.json.message).toContain("maximum per-second rate limit");
});

test("19: a 5xx may be HTML", async () => {
  await sandbox.faults({ provider: "zoom", operation: "get", effect: "html_5xx", times: 1 });
  const got = await call("GET", "/meetings/1");
  expect(got.status).toBe(502);
  expect(got.headers.get("content-type")).toContain("text/html");
});
