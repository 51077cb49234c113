import { request } from "node:http";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { MeetingSummary } from "#sandbox/control.ts";
import { TestSandbox, withBearer } from "#sandbox/testing.ts";

const maya = "demo.one@example.com";
const sandbox = new TestSandbox(new Date("2026-11-20T09:00:00Z"));

beforeAll(() => sandbox.start());
afterAll(() => sandbox.end());
afterEach(async () => {
  await sandbox.send("DELETE", `${sandbox.url}/control/calls`);
});

const control = (method: string, path: string, body?: unknown) =>
  sandbox.send(method, `${sandbox.url}/control/${path}`, body);
const events = () => `${sandbox.env("GOOGLE_API_URL")}/calendar/v3/calendars/primary/events`;
const makeEvent = (id: string, token: string) =>
  sandbox.send(
    "POST",
    events(),
    {
      id,
      summary: "Algebra",
      start: { dateTime: "2026-12-01T10:00:00Z" },
      end: { dateTime: "2026-12-01T11:00:00Z" },
      extendedProperties: { private: { segueKey: id } },
    },
    withBearer(token),
  );

test("the state shows grants and meetings with our marker, and never a token", async () => {
  const tokens = await sandbox.signIn("google", maya);
  await makeEvent("lesson1", tokens.access_token);
  const got = await control("GET", "state");
  expect(got.text).not.toContain(tokens.access_token);
  expect(got.text).not.toContain(tokens.refresh_token);
  const { google } = got.json as unknown as {
    google: { grants: { email: string }[]; meetings: MeetingSummary[] };
  };
  expect(google.grants.map(({ email }) => email)).toEqual([maya]);
  expect(google.meetings).toEqual([
    {
      id: "lesson1",
      owner: maya,
      title: "Algebra",
      start: "2026-12-01T10:00:00.000Z",
      status: "confirmed",
      joinUrl: null,
      marker: { segueKey: "lesson1" },
      sendUpdates: ["none"],
    },
  ]);
});

test("every call is logged with its answer", async () => {
  const { access_token } = await sandbox.signIn("google", maya);
  await makeEvent("lesson2", access_token);
  await makeEvent("lesson2", access_token);
  const calls = (await control("GET", "calls")).json as unknown as Record<string, unknown>[];
  expect(calls.map(({ operation, title, status }) => [operation, title, status])).toEqual([
    ["token", undefined, 200],
    ["create", "Algebra", 200],
    ["create", "Algebra", 409],
  ]);
});

test.each(["google", "zoom"] as const)(
  "expired access tokens are refused at %s, and a refresh cures it",
  async (provider) => {
    const api =
      provider === "google"
        ? `${sandbox.env("GOOGLE_API_URL")}/oauth2/v2/userinfo`
        : `${sandbox.env("ZOOM_API_URL")}/users/me`;
    const tokens = await sandbox.signIn(provider, maya);
    const status = async (token: unknown) =>
      (await sandbox.request(api, { headers: withBearer(String(token)) })).status;
    expect(await status(tokens.access_token)).toBe(200);
    await control("POST", "expire-tokens");
    expect(await status(tokens.access_token)).toBe(401);
    const fresh = await sandbox.refresh(provider, tokens.refresh_token);
    expect(await status(fresh.json.access_token)).toBe(200);
  },
);

test.each(["google", "zoom"] as const)(
  "a consent withdrawn at %s leaves a dead refresh token",
  async (provider) => {
    const { refresh_token } = await sandbox.signIn(provider, maya);
    await control("POST", "revoke", { provider, email: maya });
    const got = await sandbox.refresh(provider, refresh_token);
    expect([got.status, got.json.error]).toEqual([400, "invalid_grant"]);
  },
);

test("an event deleted by hand is cancelled", async () => {
  const { access_token } = await sandbox.signIn("google", maya);
  await makeEvent("lesson3", access_token);
  const by = { provider: "google", id: "lesson3" };
  expect((await control("POST", "delete-meeting", by)).status).toBe(204);
  const url = `${events()}/lesson3`;
  const got = await sandbox.request(url, { headers: withBearer(access_token) });
  expect(got.json.status).toBe("cancelled");
  expect((await control("POST", "delete-meeting", { ...by, id: "never1" })).status).toBe(404);
});

test("a setting that is not named keeps its value, and a wrong one is refused", async () => {
  await control("PUT", "settings", { zoomPlan: "free" });
  await control("PUT", "settings", { zoomDailyLimit: 7 });
  const got = await control("GET", "settings");
  expect(got.json).toMatchObject({ zoomPlan: "free", zoomDailyLimit: 7 });
  expect((await control("PUT", "settings", { zoomPlan: "golden" })).status).toBe(400);
});

/** `fetch` would not let these headers be set. */
function statusWith(method: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${sandbox.url}/control/faults`, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on("error", reject).end();
  });
}

test("a page elsewhere on the web can't turn the switches", async () => {
  expect(await statusWith("GET", { host: "sandbox.example.com" })).toBe(421);
  expect(await statusWith("DELETE", { "sec-fetch-site": "cross-site" })).toBe(403);
});
