import { afterAll, beforeAll, expect, test } from "vitest";
import { TestSandbox, withBearer } from "#sandbox/testing.ts";

const maya = "demo.one@example.com";
const sandbox = new TestSandbox(new Date("2026-11-20T09:00:00Z"));

beforeAll(() => sandbox.start());
afterAll(() => sandbox.end());

const open = (url: unknown) => sandbox.request(String(url));

test("a Meet room says what and when it is, and outlives its deleted event", async () => {
  const { access_token } = await sandbox.signIn("google", maya);
  const events = `${sandbox.env("GOOGLE_API_URL")}/calendar/v3/calendars/primary/events`;
  const key = { requestId: "lesson1", conferenceSolutionKey: { type: "hangoutsMeet" } };
  const made = await sandbox.send(
    "POST",
    `${events}?conferenceDataVersion=1`,
    {
      id: "lesson1",
      summary: "Algebra <with> Ann",
      start: { dateTime: "2026-12-01T10:00:00Z" },
      end: { dateTime: "2026-12-01T11:00:00Z" },
      conferenceData: { createRequest: key },
    },
    withBearer(access_token),
  );
  const link = String(made.json.hangoutLink);
  const guest = await open(link);
  expect(guest.text).toContain("<h1>Google Meet</h1>");
  expect(guest.text).toContain("Sandbox room");
  expect(guest.text).toContain("Algebra &lt;with&gt; Ann");
  expect(guest.text).toContain("2026-12-01 10:00 UTC");
  expect(guest.text).toContain("<dd>guest</dd>");
  expect((await open(`${link}?authuser=${maya}`)).text).toContain("<dd>host</dd>");
  await sandbox.send("DELETE", `${events}/lesson1`, undefined, withBearer(access_token));
  expect((await open(link)).status).toBe(200);
  expect((await open(`${sandbox.url}/meet/aaa-bbbb-ccc`)).status).toBe(404);
});

test("a Zoom room knows host and guest, wants its passcode, and dies with its meeting", async () => {
  const { access_token } = await sandbox.signIn("zoom", maya);
  const api = sandbox.env("ZOOM_API_URL");
  const body = { topic: "Algebra", type: 2, start_time: "2026-12-01T10:00:00Z", duration: 30 };
  const as = withBearer(access_token);
  const made = (await sandbox.send("POST", `${api}/users/me/meetings`, body, as)).json;
  expect((await open(made.join_url)).text).toContain("<dd>guest</dd>");
  expect((await open(made.start_url)).text).toContain("<dd>host</dd>");
  expect((await open(String(made.join_url).replace("pwd=", "pwd=x"))).status).toBe(403);
  sandbox.pass(2 * 3_600_000);
  expect((await open(made.start_url)).status).toBe(403);
  const id = made.id;
  await sandbox.send("POST", `${sandbox.url}/control/delete-meeting`, { provider: "zoom", id });
  const gone = await open(made.join_url);
  expect(gone.status).toBe(404);
  expect(gone.text).toContain("<h1>Zoom</h1>");
  expect(gone.text).toContain("This meeting does not exist");
});

test("where an account's links lack the passcode, the room asks for it and takes no other", async () => {
  await sandbox.send("PUT", `${sandbox.url}/control/settings`, { zoomPasscodeInLinks: false });
  const made = await zoomMeeting();
  expect(made.join_url).not.toContain("pwd");
  expect((await open(made.join_url)).text).toContain("Meeting passcode");
  const wrong = await type(made.join_url, "wrong");
  expect([wrong.status, wrong.text.includes("That passcode is wrong")]).toEqual([403, true]);
  expect((await type(made.join_url, made.password)).text).toContain("<dd>guest</dd>");
  const change = { id: made.id, passcode: "another" };
  await sandbox.send("POST", `${sandbox.url}/control/set-passcode`, change);
  expect((await type(made.join_url, made.password)).status).toBe(403);
  expect((await type(made.join_url, "another")).status).toBe(200);
  await sandbox.send("POST", `${sandbox.url}/control/set-passcode`, { ...change, passcode: "" });
  expect((await open(made.join_url)).text).toContain("<dd>guest</dd>");
  await sandbox.send("PUT", `${sandbox.url}/control/settings`, { zoomPasscodeInLinks: true });
});

test("a user's own rule about who may join holds unless the create says otherwise", async () => {
  await sandbox.send("PUT", `${sandbox.url}/control/settings`, { zoomSignInToJoin: true });
  const barred = await zoomMeeting();
  const welcome = await zoomMeeting({ settings: { meeting_authentication: false } });
  expect((await open(barred.join_url)).text).toContain("Sign in to Zoom");
  expect((await open(welcome.join_url)).status).toBe(200);
  await sandbox.send("PUT", `${sandbox.url}/control/settings`, { zoomSignInToJoin: false });
});

async function zoomMeeting(more: object = {}) {
  const { access_token } = await sandbox.signIn("zoom", maya);
  const body = { topic: "Algebra", type: 2, start_time: "2026-12-01T10:00:00Z", ...more };
  const url = `${sandbox.env("ZOOM_API_URL")}/users/me/meetings`;
  return (await sandbox.send("POST", url, body, withBearer(access_token))).json;
}

async function type(url: unknown, passcode: unknown) {
  const body = new URLSearchParams({ passcode: String(passcode) });
  const answer = await fetch(String(url), { method: "POST", body });
  return { status: answer.status, text: await answer.text() };
}
