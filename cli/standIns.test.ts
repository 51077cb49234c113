import { expect, test, vi } from "vitest";
import { parseConfig } from "#lib/platform/config.ts";
import { loadStandIns, startStandIns } from "./standIns.ts";

const google = { GOOGLE_CLIENT_ID: "id", GOOGLE_CLIENT_SECRET: "secret" };
const zoom = { ZOOM_CLIENT_ID: "id", ZOOM_CLIENT_SECRET: "secret" };
const mail = { SMTP_URL: "smtp://127.0.0.1:9" };

const config = (env: Record<string, string>) =>
  parseConfig({
    AUTH_SECRET: "x".repeat(32),
    TOKEN_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString("base64")}`,
    ...env,
  });

test("with all credentials no stand-in is loaded", async () => {
  expect(await loadStandIns(config({ ...google, ...zoom, ...mail }))).toBeNull();
});

test("on loopback, stand-ins are loaded for any one that is missing", async () => {
  for (const some of [
    { ...zoom, ...mail },
    { ...google, ...mail },
    { ...google, ...zoom },
  ]) {
    expect(await loadStandIns(config(some))).toHaveProperty("startSandbox");
  }
});

test("where others can reach it there is a warning for each one missing, and no stand-in", async () => {
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  const appUrl = { APP_URL: "https://segue.example" };
  expect(await startStandIns(config({ ...appUrl, ...google }))).toBeNull();
  expect(warn.mock.calls).toEqual([
    ["Warning: ZOOM_CLIENT_ID is not set: nobody can connect Zoom."],
    ["Warning: SMTP_URL is not set: no mail leaves this server."],
  ]);
});
