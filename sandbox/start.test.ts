import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startSandbox } from "#sandbox/start.ts";
import { CALENDAR_SCOPE, TEST_APP_URL, TestSandbox, withBearer } from "#sandbox/testing.ts";

const maya = "demo.one@example.com";
let sandbox: TestSandbox;

beforeEach(async () => {
  sandbox = new TestSandbox(new Date("2026-11-20T09:00:00Z"));
  await sandbox.start();
});
afterEach(() => sandbox.end());

const zoomMeeting = (token: string) =>
  sandbox.send(
    "POST",
    `${sandbox.env("ZOOM_API_URL")}/users/me/meetings`,
    { topic: "Algebra", type: 2, start_time: "2026-12-01T10:00:00Z", duration: 30 },
    withBearer(token),
  );

test("a restart keeps port, keys, grants and meetings, so that links go on working", async () => {
  const google = await sandbox.signIn("google", maya);
  const zoom = await sandbox.signIn("zoom", maya);
  const joinUrl = String((await zoomMeeting(zoom.access_token)).json.join_url);
  const { env } = sandbox.running;
  const certs = `${sandbox.env("GOOGLE_API_URL")}/oauth2/v3/certs`;
  const keys = (await sandbox.request(certs)).text;
  const state = (await sandbox.request(`${sandbox.url}/control/state`)).text;
  await sandbox.restart();
  expect(sandbox.running.env).toEqual(env);
  expect((await sandbox.request(certs)).text).toBe(keys);
  expect((await sandbox.request(`${sandbox.url}/control/state`)).text).toBe(state);
  expect((await sandbox.request(joinUrl)).status).toBe(200);
  expect((await sandbox.refresh("google", google.refresh_token)).json.scope).toContain(
    CALENDAR_SCOPE,
  );
  expect((await sandbox.refresh("zoom", zoom.refresh_token)).status).toBe(200);
});

test("a killed sandbox has forgotten nothing that it answered, not even with a torn last line", async () => {
  await sandbox.running.stop();
  const options = { stateDir: sandbox.stateDir, appUrl: TEST_APP_URL };
  const program = `
    import { startSandbox } from "#sandbox/start.ts";
    const sandbox = await startSandbox({ ...${JSON.stringify(options)}, google: true, zoom: true, mail: true });
    console.log(sandbox.url);`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  const zoom = await sandbox.signIn("zoom", maya);
  const joinUrl = String((await zoomMeeting(zoom.access_token)).json.join_url);
  const closed = once(child, "exit");
  child.kill("SIGKILL");
  await closed;
  appendFileSync(join(sandbox.stateDir, "journal.jsonl"), '{"c":"zoom.meetings","k":"1');
  await sandbox.start();
  expect((await sandbox.request(joinUrl)).status).toBe(200);
});

test("a remembered port that is taken ends the start with one line that names it", async () => {
  const port = Number(new URL(sandbox.url).port);
  await sandbox.running.stop();
  const other = createServer().listen(port, "127.0.0.1");
  await once(other, "listening");
  await expect(sandbox.start()).rejects.toThrow(
    `The sandbox's HTTP port ${port} is taken by another process.`,
  );
  other.close();
  await once(other, "close");
  await sandbox.start();
});

test("a port that is asked for is used and remembered", async () => {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  await sandbox.running.stop();
  const parts = { google: false, zoom: true, mail: false };
  const other = await startSandbox({
    stateDir: sandbox.stateDir,
    appUrl: TEST_APP_URL,
    port,
    ...parts,
  });
  expect(other.url).toBe(`http://127.0.0.1:${port}`);
  expect(Object.keys(other.env).sort()).toEqual([
    "ZOOM_API_URL",
    "ZOOM_CLIENT_ID",
    "ZOOM_CLIENT_SECRET",
    "ZOOM_OAUTH_URL",
    "ZOOM_WEBHOOK_SECRET",
  ]);
  await other.stop();
  await sandbox.start();
  expect(sandbox.url).toBe(`http://127.0.0.1:${port}`);
});

test("registering another app address replaces the callbacks", async () => {
  const register = { appUrl: "http://localhost:4000" };
  await sandbox.send("POST", `${sandbox.url}/control/register`, register);
  expect((await sandbox.request(sandbox.authorization("zoom"))).status).toBe(400);
  const redirect_uri = "http://localhost:4000/api/auth/zoom/callback";
  const url = sandbox.authorization("zoom", { redirect_uri });
  expect((await sandbox.request(url)).status).toBe(200);
});
