import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { TestSandbox, withBearer } from "#sandbox/testing.ts";

const priya = "demo.three@example.org";
const sandbox = new TestSandbox(new Date("2026-11-20T09:00:00Z"));
let received: { url: string | undefined; headers: IncomingHttpHeaders; body: string }[] = [];

const app = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  received.push({ url: request.url, headers: request.headers, body });
  response.setHeader("connection", "close").end("taken");
});

beforeAll(async () => {
  await sandbox.start();
  app.listen(0, "127.0.0.1");
  await once(app, "listening");
});
beforeEach(() => {
  received = [];
});
afterAll(async () => {
  app.close();
  await sandbox.end();
});

const notify = async (webhook: Record<string, unknown>) => {
  const appUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  await sandbox.send("POST", `${sandbox.url}/control/register`, { appUrl });
  const got = await sandbox.send("POST", `${sandbox.url}/control/webhook`, webhook);
  await sandbox.send("POST", `${sandbox.url}/control/register`, {
    appUrl: "http://localhost:3000",
  });
  return got;
};

test("20: a notification is signed over its raw body and the id changes its type with the event", async () => {
  const { access_token } = await sandbox.signIn("zoom", priya);
  const made = await sandbox.send(
    "POST",
    `${sandbox.env("ZOOM_API_URL")}/users/me/meetings`,
    { topic: "Algebra", type: 2, start_time: "2026-12-01T10:00:00Z", duration: 30 },
    withBearer(access_token),
  );
  const id = made.json.id as number;
  expect((await notify({ event: "meeting.deleted", id })).json).toMatchObject({ answer: "taken" });
  await notify({ event: "meeting.started", id });
  const [deleted, started] = received;
  expect(deleted?.url).toBe("/api/webhooks/zoom");
  const time = String(deleted?.headers["x-zm-request-timestamp"]);
  const secret = sandbox.env("ZOOM_WEBHOOK_SECRET");
  const mac = createHmac("sha256", secret).update(`v0:${time}:${deleted?.body}`).digest("hex");
  expect(deleted?.headers["x-zm-signature"]).toBe(`v0=${mac}`);
  const idIn = (body = "{}") =>
    (JSON.parse(body) as { payload: { object: { id: unknown } } }).payload.object.id;
  expect([idIn(deleted?.body), idIn(started?.body)]).toEqual([id, String(id)]);
});

test("20: app_deauthorized voids the tokens", async () => {
  const { refresh_token } = await sandbox.signIn("zoom", priya);
  await notify({ event: "app_deauthorized", email: priya });
  expect(JSON.parse(received[0]?.body ?? "")).toMatchObject({ event: "app_deauthorized" });
  expect((await sandbox.refresh("zoom", refresh_token)).json.error).toBe("invalid_grant");
});

test("20: the challenge carries a plain token", async () => {
  const got = await notify({ event: "endpoint.url_validation" });
  expect(got.json.sent).toEqual({ plainToken: expect.any(String) });
});
