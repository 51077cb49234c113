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
