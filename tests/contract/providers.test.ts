/** Both of our provider clients take a meeting through its whole life at the stand-ins, over real HTTP. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { calculatePKCECodeChallenge, generateRandomCodeVerifier } from "oauth4webapi";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { parseConfig } from "#lib/platform/config.ts";
import type { MeetingRequest, ProviderId, TokenSet } from "#lib/providers/provider.ts";
import { createProviders, type Providers } from "#lib/providers/registry.ts";
import { findMeeting, listMarked } from "#lib/providers/testServer.ts";
import { type Sandbox, startSandbox } from "#sandbox/start.ts";

const NOW = new Date("2026-11-20T15:30:00Z");
const APP_URL = "http://localhost:3000";
const INSTALLATION = "0191f0c2-7a43-7c40-9c55-2f6f3a4f9a11";
const names = { google_meet: "google", zoom: "zoom" } as const;
const deadRefresh = {
  google_meet: ["refresh_dead", "refresh_dead_invalid_rapt", "refresh_dead_admin_policy"],
  zoom: ["refresh_dead", "refresh_dead_invalid_request", "refresh_dead_4711", "refresh_dead_4738"],
};

const clock = () => NOW;
const everything = { google: true, zoom: true, mail: false };
let stateDir: string;
let sandbox: Sandbox;
let providers: Providers;

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), "segue-contract-"));
  sandbox = await startSandbox({ stateDir, appUrl: APP_URL, ...everything, clock });
  const config = parseConfig({
    ...sandbox.env,
    AUTH_SECRET: "a".repeat(32),
    TOKEN_ENCRYPTION_KEYS: `k:${Buffer.alloc(32).toString("base64")}`,
  });
  providers = createProviders(config, { clock });
  // Per-second limits would make the outcome depend on how fast these tests run.
  await control("PUT", "settings", { zoomPlan: "none" });
});

afterEach(() => control("PUT", "faults", []));

afterAll(async () => {
  await sandbox.stop();
  await rm(stateDir, { recursive: true });
});

async function control(method: "PUT" | "POST", path: string, body: unknown): Promise<void> {
  const response = await fetch(`${sandbox.url}/control/${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.status).toBeLessThan(300);
  await response.arrayBuffer();
}

const refused = (work: Promise<unknown>, expected: object) =>
  expect(work).rejects.toMatchObject({ name: "ProviderError", ...expected });

const fault = (id: ProviderId, operation: string, effect: string, times = 1) =>
  control("PUT", "faults", [{ provider: names[id], operation, effect, times }]);

async function consent(id: ProviderId, email: string, only?: string[]): Promise<TokenSet> {
  const provider = providers.get(id);
  const redirectUri = `${APP_URL}/api/auth/${names[id]}/callback`;
  const codeVerifier = generateRandomCodeVerifier();
  const url = provider.authorizationUrl({
    state: "state-1",
    codeChallenge: await calculatePKCECodeChallenge(codeVerifier),
    redirectUri,
    loginHint: email,
  });
  const form = new URLSearchParams({ account: email, decision: "allow" });
  if (only) form.set("choose_scopes", "1");
  for (const scope of only ?? []) form.append("granted_scope", scope);
  const response = await fetch(url, { method: "POST", body: form, redirect: "manual" });
  expect(response.status).toBe(302);
  const back = new URL(response.headers.get("location") ?? "");
  expect(back.searchParams.get("state")).toBe("state-1");
  const code = back.searchParams.get("code") ?? "";
  return provider.exchangeCode({ code, codeVerifier, redirectUri });
}

let keys = 0;

async function connect(id: ProviderId, email = `tutor.${++keys}@example.com`, only?: string[]) {
  const tokens = await consent(id, email, only);
  const account = await providers.get(id).account(tokens);
  const { accessToken, refreshToken } = tokens;
  return { tokens, account, accessToken, refreshToken: refreshToken ?? "" };
}

const newRequest = (): MeetingRequest => ({
  key: `${++keys}`.padStart(26, "k"),
  installationId: INSTALLATION,
  title: "Algebra with Mia",
  startsAt: new Date("2026-12-01T09:00:00Z"),
  durationMinutes: 45,
  timeZone: "Europe/Madrid",
});

describe.each(["google_meet", "zoom"] as const)("%s", (id) => {
  const provider = () => providers.get(id);

  test("consent gives tokens with every scope that is needed, and the account", async () => {
    const { tokens, account } = await connect(id, "demo.one@example.com");
    expect(new Set(tokens.scopes)).toEqual(new Set(provider().requiredScopes));
    expect(tokens.refreshToken).toEqual(expect.any(String));
    expect(tokens.expiresAt.getTime()).toBeGreaterThan(NOW.getTime());
    expect(account.email).toBe("demo.one@example.com");
    expect(account.userId).not.toBe("");
  });

  test("a scope that the person left out is missing from the answer", async () => {
    const kept = id === "zoom" ? ["user:read:user"] : [];
    const tokens = await consent(id, "demo.four@example.net", kept);
    const missing = provider().requiredScopes.filter((scope) => !tokens.scopes.includes(scope));
    expect(missing).not.toEqual([]);
  });

  test("a meeting is made, read, found, changed and deleted", async () => {
    const grant = await connect(id);
    const request = newRequest();
    const made = await provider().createMeeting(grant, request);
    if (made.state !== "ready") throw new Error("not ready");
    expect(made).toMatchObject({ title: request.title, startsAt: request.startsAt });
    expect(await provider().getMeeting(grant, made.externalId)).toEqual(made);
    expect(await findMeeting(provider(), grant, request)).toEqual(made);
    expect(providers.ownerOf(made.joinUrl)).toBe(id);
    expect((await fetch(made.joinUrl)).status).toBe(200);

    const change = { title: "Geometry", startsAt: new Date("2026-12-01T10:00:00Z") };
    await provider().updateMeeting(grant, made.externalId, { ...request, ...change });
    expect(await findMeeting(provider(), grant, request)).toEqual({ ...made, ...change });

    const hostPage = await (await fetch(await provider().hostLink(grant, made))).text();
    expect(hostPage).toContain("<dd>host</dd>");

    const mine = { installationId: INSTALLATION, from: NOW };
    expect(await listMarked(provider(), grant, mine)).toMatchObject([{ key: request.key }]);
    await provider().deleteMeeting(grant, made.externalId);
    expect(await listMarked(provider(), grant, mine)).toEqual([]);
    const gone = { code: "gone" };
    await refused(provider().deleteMeeting(grant, made.externalId), gone);
    await refused(provider().getMeeting(grant, made.externalId), gone);
    await refused(provider().updateMeeting(grant, made.externalId, request), gone);
    expect(await findMeeting(provider(), grant, request)).toBeNull();
  });

  test.each([
    ["cut_after_write", { state: "ready" }],
    ["cut_before", null],
  ])("a meeting whose answer was lost is found where it was written: %s", async (effect, found) => {
    const grant = await connect(id);
    const request = newRequest();
    await fault(id, "create", effect);
    await refused(provider().createMeeting(grant, request), { code: "outcome_unknown" });
    const meeting = await findMeeting(provider(), grant, request);
    expect(meeting && { state: meeting.state }).toEqual(found);
  });

  test.each([
    ["rate_limited", "rate_limited"],
    ["insufficient_scope", "scope_missing"],
    ["invalid_request", "invalid_request"],
    ["forbidden", "not_allowed"],
    ["token_refused", "grant_revoked"],
    ["unavailable", "outcome_unknown"],
    ["server_error", "outcome_unknown"],
    ["html_5xx", "outcome_unknown"],
  ])("a create that meets %s fails with %s", async (effect, code) => {
    const grant = await connect(id);
    await fault(id, "create", effect);
    await refused(provider().createMeeting(grant, newRequest()), {
      code,
      accessTokenRefused: code === "grant_revoked",
    });
  });

  test("a refreshed grant goes on working", async () => {
    const stale = await connect(id);
    await control("POST", "expire-tokens", {});
    await refused(provider().createMeeting(stale, newRequest()), { accessTokenRefused: true });
    const fresh = await provider().refresh(stale.refreshToken);
    const grant = { account: stale.account, accessToken: fresh.accessToken };
    expect(await provider().createMeeting(grant, newRequest())).toMatchObject({ state: "ready" });
  });

  test.each(deadRefresh[id])("a refresh token that died is known as dead: %s", async (effect) => {
    const { refreshToken } = await connect(id);
    await fault(id, "refresh", effect);
    await refused(provider().refresh(refreshToken), { code: "grant_revoked" });
  });

  test.each([
    ["invalid_client", "client_refused"],
    ["not_json", "unavailable"],
  ])("a refresh that meets %s says nothing about the grant", async (effect, code) => {
    const { refreshToken } = await connect(id);
    await fault(id, "refresh", effect);
    await refused(provider().refresh(refreshToken), { code });
  });

  test("a revoked grant is dead, and revoking it again is no error", async () => {
    const { accessToken, refreshToken } = await connect(id);
    await provider().revoke(accessToken);
    await provider().revoke(accessToken);
    await refused(provider().refresh(refreshToken), { code: "grant_revoked" });
  });
});

describe("Google alone", () => {
  const meet = () => providers.get("google_meet");

  test("the same create twice makes one meeting; after a delete its key is spent", async () => {
    const grant = await connect("google_meet");
    const request = newRequest();
    const made = await meet().createMeeting(grant, request);
    expect(await meet().createMeeting(grant, request)).toEqual(made);
    await meet().deleteMeeting(grant, made.externalId);
    await refused(meet().createMeeting(grant, request), { code: "duplicate", keySpent: true });
  });

  test("a room that takes its time is pending, then ready", async () => {
    const grant = await connect("google_meet");
    await fault("google_meet", "create", "conference_pending", 1);
    const made = await meet().createMeeting(grant, newRequest());
    expect(made.state).toBe("pending");
    await meet().getMeeting(grant, made.externalId);
    expect((await meet().getMeeting(grant, made.externalId)).state).toBe("ready");
  });

  test.each([
    ["conference_failure", { code: "unavailable", keySpent: true }],
    ["meet_not_allowed", { code: "not_supported" }],
    ["quota_exceeded_403", { code: "rate_limited" }],
    ["user_rate_limited_403", { code: "rate_limited" }],
  ])("a create that meets %s says what it means", async (effect, expected) => {
    const grant = await connect("google_meet");
    await fault("google_meet", "create", effect);
    await refused(meet().createMeeting(grant, newRequest()), expected);
  });

  test.each(["cancelled", "gone"])(
    "an update of a deleted event is gone, however Google answers it: %s",
    async (googlePatchDeleted) => {
      await control("PUT", "settings", { googlePatchDeleted });
      const grant = await connect("google_meet");
      const made = await meet().createMeeting(grant, newRequest());
      await meet().deleteMeeting(grant, made.externalId);
      const updated = meet().updateMeeting(grant, made.externalId, newRequest());
      await refused(updated, { code: "gone" });
    },
  );
});

describe("Zoom alone", () => {
  const zoom = () => providers.get("zoom");

  test("a refresh rotates, and the old refresh token is dead", async () => {
    const { refreshToken } = await connect("zoom");
    const fresh = await zoom().refresh(refreshToken);
    expect(fresh.refreshToken).not.toBe(refreshToken);
    await refused(zoom().refresh(refreshToken), { code: "grant_revoked" });
  });

  test("a newer consent of the same user voids the earlier tokens", async () => {
    const first = await connect("zoom", "twice@example.com");
    await connect("zoom", "twice@example.com");
    await refused(zoom().createMeeting(first, newRequest()), {
      code: "grant_revoked",
      accessTokenRefused: true,
    });
  });

  test("the daily limit says when it ends", async () => {
    const grant = await connect("zoom");
    await fault("zoom", "create", "daily_limit");
    const retryAt = new Date("2026-11-21T00:00:00Z");
    await refused(zoom().createMeeting(grant, newRequest()), { code: "daily_limit", retryAt });
  });

  test("a meeting with people inside is left alone", async () => {
    const grant = await connect("zoom");
    const made = await zoom().createMeeting(grant, newRequest());
    await control("POST", "start-meeting", { id: made.externalId });
    await refused(zoom().deleteMeeting(grant, made.externalId), { code: "in_progress" });
  });

  test.each([4711, 104, 4700])(
    "a scope that is missing is told by any of Zoom's codes: %i",
    async (zoomMissingScopeCode) => {
      await control("PUT", "settings", { zoomMissingScopeCode });
      const grant = await connect("zoom", "scopes@example.com", ["user:read:user"]);
      const made = zoom().createMeeting(grant, newRequest());
      await refused(made, { code: "scope_missing", accessTokenRefused: false });
    },
  );
});
