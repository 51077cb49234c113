import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isLoopback, loadConfig, parseConfig } from "./config.ts";
import { ConfigError } from "./configError.ts";

const key = (id: string, bytes = 32) => `${id}:${Buffer.alloc(bytes, 7).toString("base64")}`;
const right = { AUTH_SECRET: "s".repeat(32), TOKEN_ENCRYPTION_KEYS: key("k1") };
const wrong = (env: Record<string, string | undefined>) => () => parseConfig({ ...right, ...env });

test("left alone, everything has its documented default", () => {
  expect(parseConfig(right)).toMatchObject({
    port: 3000,
    appUrl: "http://localhost:3000",
    databaseUrl: null,
    dataDir: ".data",
    undoWindowMinutes: 60,
    joinOpensMinutesBefore: 15,
    switchWaitSeconds: 8,
    logLevel: "info",
    demo: true,
    google: {
      credentials: null,
      authUrl: "https://accounts.google.com/o/oauth2/v2/auth",
      tokenUrl: "https://oauth2.googleapis.com/token",
      revokeUrl: "https://oauth2.googleapis.com/revoke",
      apiUrl: "https://www.googleapis.com",
    },
    zoom: {
      credentials: null,
      oauthUrl: "https://zoom.us/oauth",
      apiUrl: "https://api.zoom.us/v2",
      plan: "pro",
    },
  });
});

test("an empty value counts as left alone", () => {
  const names = ["PORT", "APP_URL", "DATABASE_URL", "ZOOM_PLAN", "LOG_LEVEL", "GOOGLE_CLIENT_ID"];
  const blank = Object.fromEntries(names.map((name) => [name, ""]));
  expect(parseConfig({ ...right, ...blank })).toEqual(parseConfig(right));
});

test.each([
  ["PORT", "eighty"],
  ["PORT", "65536"],
  ["PORT", "0"],
  ["PORT", "80.5"],
  ["APP_URL", "segue"],
  ["APP_URL", "http://"],
  ["APP_URL", "http://segue.example"],
  ["APP_URL", "ftp://localhost"],
  ["APP_URL", "localhost:3000"],
  ["APP_URL", "https://me:secret@segue.example"],
  ["APP_URL", "https://segue.example/lessons"],
  ["APP_URL", "https://segue.example/?lessons"],
  ["APP_URL", "https://segue.example/#lessons"],
  ["DATABASE_URL", "mysql://localhost/segue"],
  ["DATABASE_URL", "postgres//localhost/segue"],
  ["DATABASE_URL", "postgres://localhost:port/segue"],
  ["DATABASE_URL", "postgres://segue:a#b@localhost/segue"],
  ["AUTH_SECRET", "short"],
  ["TOKEN_ENCRYPTION_KEYS", "no-key"],
  ["TOKEN_ENCRYPTION_KEYS", key("k1", 31)],
  ["TOKEN_ENCRYPTION_KEYS", key("k 1")],
  ["TOKEN_ENCRYPTION_KEYS", `${key("k1")},${key("k1")}`],
  ["GOOGLE_TOKEN_URL", "http://google.example/token"],
  ["GOOGLE_API_URL", "ftp://google.example"],
  ["GOOGLE_API_URL", "http://"],
  ["ZOOM_OAUTH_URL", "https://me:secret@zoom.example"],
  ["ZOOM_OAUTH_URL", "https://zoom.example/?oauth"],
  ["ZOOM_API_URL", "http://127.0.0.1.evil.example"],
  ["ZOOM_PLAN", "gold"],
  ["SMTP_URL", "http://mail.example"],
  ["SMTP_URL", "smtp://"],
  ["INBOX_URL", "inbox"],
  ["UNDO_WINDOW_MINUTES", "-1"],
  ["UNDO_WINDOW_MINUTES", "1.5"],
  ["JOIN_OPENS_MINUTES_BEFORE", "soon"],
  ["SWITCH_WAIT_SECONDS", "61"],
  ["LOG_LEVEL", "loud"],
  ["SEGUE_DEMO", "maybe"],
])("a wrong %s (%s) ends the start with one line that names it", (name, value) => {
  expect(wrong({ [name]: value })).toThrow(ConfigError);
  expect(wrong({ [name]: value })).toThrow(new RegExp(`^${name}: [^\n]+$`));
});

test.each([
  "postgres://localhost/segue",
  "postgresql://segue:p%23w@db.example:6543/segue?sslmode=require",
  "postgres:///segue?host=/var/run/postgresql",
  "postgres://segue@/segue?host=/var/run/postgresql",
  "postgres://%2Fvar%2Frun%2Fpostgresql/segue",
  "postgres://segue:one two@localhost/segue",
])("%s is an address that the driver takes", (url) => {
  expect(parseConfig({ ...right, DATABASE_URL: url }).databaseUrl).toBe(url);
});

test.each([
  [{}, "http://127.0.0.1:3000"],
  [{ HOST: "0.0.0.0", PORT: "4000", APP_URL: "https://segue.example" }, "http://127.0.0.1:4000"],
  [{ HOST: "::1" }, "http://[::1]:3000"],
  [{ HOST: "10.0.0.7" }, "http://10.0.0.7:3000"],
])("with %j this machine reaches Segue at %s", (env, url) => {
  expect(parseConfig({ ...right, ...env }).ownUrl).toBe(url);
});

test.each(["AUTH_SECRET", "TOKEN_ENCRYPTION_KEYS"])(
  "%s is asked for where it isn't kept",
  (name) => {
    expect(wrong({ [name]: undefined })).toThrow(new RegExp(`^${name}: required`));
  },
);

test.each(["GOOGLE", "ZOOM"])("half a pair of %s credentials names the other half", (name) => {
  expect(wrong({ [`${name}_CLIENT_ID`]: "id" })).toThrow(`${name}_CLIENT_SECRET: missing`);
  expect(wrong({ [`${name}_CLIENT_SECRET`]: "secret" })).toThrow(`${name}_CLIENT_ID: missing`);
});

test("plain http is for loopback only", () => {
  const local = {
    APP_URL: "http://localhost:4000/",
    ZOOM_API_URL: "http://127.0.0.1:9/v2/",
    GOOGLE_API_URL: "http://[::1]:9",
  };
  const config = parseConfig({ ...right, ...local });
  expect(config.appUrl).toBe("http://localhost:4000");
  expect(config.zoom.apiUrl).toBe("http://127.0.0.1:9/v2");
  expect(isLoopback("http://localhost.evil.example")).toBe(false);
  expect(isLoopback("http://127.0.0.2")).toBe(false);
});

test.each([
  [{}, 0],
  [{ APP_URL: "https://segue.example" }, 1],
  [{ APP_URL: "https://segue.example", TRUSTED_PROXIES: "0" }, 0],
  [{ TRUSTED_PROXIES: "2" }, 2],
  [{ TRUSTED_PROXIES: "" }, 0],
])("with %j %i proxies are believed", (env, proxies) => {
  expect(parseConfig({ ...right, ...env }).trustedProxies).toBe(proxies);
});

test.each(["-1", "10", "1.5", "one", "true", "0x1", " 1", "1e0", "10.0.0.0/8"])(
  "%j is no number of proxies, and the line says so",
  (value) => {
    expect(wrong({ TRUSTED_PROXIES: value })).toThrow(
      /^TRUSTED_PROXIES: must be a whole number from 0 to 9$/,
    );
  },
);

test("the demo is made only embedded and on loopback", () => {
  expect(parseConfig({ ...right, SEGUE_DEMO: "off" }).demo).toBe(false);
  expect(parseConfig({ ...right, APP_URL: "https://segue.example" }).demo).toBe(false);
  expect(parseConfig({ ...right, DATABASE_URL: "postgres://localhost/segue" }).demo).toBe(false);
});

test("the first key is the one that encrypts", () => {
  const { tokenKeys } = parseConfig({
    ...right,
    TOKEN_ENCRYPTION_KEYS: `${key("new")}, ${key("old")}`,
  });
  expect(tokenKeys.map(({ id }) => id)).toEqual(["new", "old"]);
});

test("an embedded installation keeps its secrets in its folder, one with a server asks for them", () => {
  const folder = mkdtempSync(join(tmpdir(), "segue-config-"));
  try {
    const first = loadConfig({ DATA_DIR: folder });
    expect(loadConfig({ DATA_DIR: folder })).toEqual(first);
    expect(() => loadConfig({ DATA_DIR: folder, DATABASE_URL: "postgres://localhost/x" })).toThrow(
      /^AUTH_SECRET: required/,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
