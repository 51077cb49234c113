import { expect, test } from "vitest";
import { parseConfig } from "#lib/platform/config.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { disconnectProvider } from "#lib/services/switching/disconnectProvider.ts";
import { migrationDetail } from "#lib/services/switching/migrationHistory.ts";
import { refreshSessionLinks } from "#lib/services/switching/refreshSessionLinks.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { someOf } from "#tests/harness/extent.ts";
import { expectInOrder, roomsOf } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";
import { openGrant } from "./grantSession.ts";
import { readGrant } from "./grantTokens.ts";
import { refreshGrant } from "./refreshGrant.ts";

const { segue, tutor, student } = scene();

test.each(someOf(["zoom", "google_meet"] as const, 1))(
  "many calls with an expired access token refresh it once (%s)",
  async (provider) => {
    await segue.connect(tutor, provider);
    await segue.lessons(tutor, student, 8);
    const before = await connection();
    await segue.standIns.control("expire-tokens");
    expect(await refreshSessionLinks(segue.ctx, tutor)).toMatchObject({ migrated: 8, failed: 0 });
    expect(await segue.standIns.calls("refresh")).toHaveLength(1);
    const after = await connection();
    expect(after.access_token_encrypted).not.toBe(before.access_token_encrypted);
    // Zoom's refresh tokens rotate, Google's stay.
    const rotated = after.refresh_token_encrypted !== before.refresh_token_encrypted;
    expect(rotated).toBe(provider === "zoom");
    await expectInOrder(segue, tutor);
  },
);

test("a token about to end is refreshed before it is used", async () => {
  await segue.connect(tutor, "zoom");
  await segue.later({ minutes: 59, seconds: 30 });
  await segue.lessons(tutor, student, 1);
  expect((await segue.standIns.calls("create")).map(({ status }) => status)).toEqual([201]);
  expect(await segue.standIns.calls("refresh")).toHaveLength(1);
});

test("a single refused token is refreshed also after many passing faults", async () => {
  await segue.connect(tutor, "zoom");
  await segue.standIns.faults({ provider: "zoom", operation: "create", effect: "rate_limited" });
  await segue.lessons(tutor, student, 1);
  for (let step = 0; step < 6; step++) await segue.later({ seconds: 30 });
  expect((await segue.standIns.calls("create")).length).toBeGreaterThan(4);
  await segue.standIns.faults();
  await segue.standIns.control("expire-tokens");
  for (let step = 0; step < 6; step++) await segue.later({ seconds: 100 });
  expect(await connection()).toMatchObject({ connection_status: "connected" });
  await expectInOrder(segue, tutor);
  expect(await roomsOf(segue, tutor)).toHaveLength(1);
});

const dead = [
  ["zoom", "zoom", "refresh_dead_invalid_request"],
  ["google", "google_meet", "refresh_dead_invalid_rapt"],
  ["zoom", "zoom", "refresh_dead"],
] as const;

test.each(someOf(dead, 2))(
  "a dead grant (%s) stops the calls, and reconnecting goes on with all",
  async (name, provider, effect) => {
    await segue.connect(tutor, provider === "zoom" ? "google_meet" : "zoom");
    await segue.lessons(tutor, student, 4);
    await segue.connect(tutor, provider);
    const links = (await segue.sessions(tutor)).map(({ join_url: link }) => link);
    await segue.standIns.control("expire-tokens");
    await segue.standIns.faults({ provider: name, operation: "refresh", effect, times: 1 });
    await segue.standIns.forgetCalls();

    const result = await refreshSessionLinks(segue.ctx, tutor);
    expect(result).toMatchObject({ running: true, migrated: 0, failed: 0 });
    expect(await connection()).toMatchObject({
      connection_status: "needs_reconnect",
      error_code: "grant_revoked",
    });
    await segue.standIns.forgetCalls();
    await segue.later({ minutes: 5 });
    const mine = (await segue.standIns.calls()).filter((call) => call.provider === name);
    expect(mine).toEqual([]);
    expect((await segue.sessions(tutor)).map(({ join_url: link }) => link)).toEqual(links);
    await expectInOrder(segue, tutor);

    expect(await segue.connect(tutor, provider)).toBeNull();
    await segue.later({ seconds: 1 });
    expect(await connection()).toMatchObject({ connection_status: "connected", error_code: null });
    const detail = await migrationDetail(segue.ctx, tutor, result.migrationId ?? "");
    expect(detail).toMatchObject({ status: "completed", moved: 4 });
    await expectInOrder(segue, tutor);
  },
);

test("a tutor who disconnected stays disconnected, also when the grant turns out dead", async () => {
  await segue.connect(tutor, "zoom");
  const [first = ""] = await segue.lessons(tutor, student, 2);
  await segue.standIns.control("revoke", { provider: "zoom", email: tutor.email });
  await disconnectProvider(segue.ctx, tutor);
  await cancelSession(segue.ctx, tutor, first);
  await segue.later({ minutes: 1 });
  expect(await connection()).toMatchObject({
    connection_status: "disconnected",
    error_code: "grant_revoked",
  });
  await segue.standIns.forgetCalls();
  await segue.later({ hours: 1 });
  expect(await segue.standIns.calls()).toEqual([]);

  await segue.connect(tutor, "zoom");
  await segue.later({ seconds: 1 });
  expect(await connection()).toMatchObject({ connection_status: "connected", error_code: null });
  expect(await roomsOf(segue, tutor)).toMatchObject([{ state: "live" }]);
  await expectInOrder(segue, tutor);
});

test("a refused refresh is not believed while somebody else has taken over the lease", async () => {
  await segue.connect(tutor, "zoom");
  const seen = await grant();
  const landed = Promise.withResolvers<void>();
  const written = Promise.withResolvers<void>();
  const patient: Context = { ...segue.ctx, sleep: async () => written.resolve() };
  let second: Promise<unknown> = Promise.resolve();
  let calls = 0;
  segue.onCall = async ({ method, phase }) => {
    if (method !== "refresh") return;
    calls += 1;
    if (calls === 1) {
      // The first worker sleeps beyond its lease before its call leaves.
      segue.clock.advance({ seconds: 11 });
      second = refreshGrant(segue.ctx, seen);
      await landed.promise;
    } else if (phase === "after") {
      segue.onCall = null;
      landed.resolve();
      await written.promise;
    }
  };
  const first = refreshGrant(patient, seen).finally(() => written.resolve());
  const fresh = await first;
  expect(fresh.refresh_token_encrypted).not.toBe(seen.refresh_token_encrypted);
  expect(await second).toEqual(fresh);
  expect(await connection()).toMatchObject({ connection_status: "connected" });
});

test("a refresh whose worker died is taken over when its lease is over", async () => {
  await segue.connect(tutor, "google_meet");
  const until = new Date(segue.clock().getTime() + 10_000).toISOString();
  await segue.rows(`update tutor_video_provider_connections
    set refresh_lease_id = gen_random_uuid(), refresh_lease_until = '${until}'
    where tutor_id = '${tutor.id}' returning 1`);
  const seen = await grant();
  const fresh = await refreshGrant(segue.ctx, seen);
  expect(fresh.access_token_encrypted).not.toBe(seen.access_token_encrypted);
  expect(segue.clock().getTime()).toBeGreaterThanOrEqual(Date.parse(until));
});

test("no token stands in a log line, an error or a readable column", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2);
  const { access } = await openGrant(segue.ctx, String((await connection()).grant_id));
  await segue.standIns.faults(
    { provider: "zoom", operation: "create", effect: "token_refused", times: 2 },
    { provider: "zoom", operation: "refresh", effect: "not_json", times: 1 },
  );
  await refreshSessionLinks(segue.ctx, tutor);
  await segue.later({ minutes: 1 });
  const told = JSON.stringify(segue.logs);
  expect(access.accessToken.length).toBeGreaterThan(20);
  expect(told).not.toContain(access.accessToken);
  expect(told).not.toMatch(/Bearer|ya29\.|1\/\/0|pwd=|zak=/);
  const all = JSON.stringify(await segue.rows("select * from meetings"));
  expect(all + JSON.stringify(await connection())).not.toContain(access.accessToken);
});

test("a token's ciphertext opens nowhere but in its own place", async () => {
  await segue.connect(tutor, "zoom");
  const mine = await grant();
  const other = await segue.person("tutor");
  await segue.connect(other, "zoom");
  await segue.rows(`update tutor_video_provider_connections
    set access_token_encrypted = '${mine.access_token_encrypted}'
    where tutor_id = '${other.id}' returning 1`);
  const [row] = await segue.rows(
    `select grant_id from tutor_video_provider_connections where tutor_id = '${other.id}'`,
  );
  await expect(openGrant(segue.ctx, String(row?.grant_id))).rejects.toThrow();
});

test("after a key rotation the old key still opens and the new one seals", async () => {
  await segue.connect(tutor, "zoom");
  const { refresh_token_encrypted: old } = await connection();
  const keys = ["k2", "k1"].map((id, index) => {
    const secret = Buffer.alloc(32, index === 0 ? 2 : 1).toString("base64");
    return `${id}:${secret}`;
  });
  const { tokenKeys } = parseConfig({
    AUTH_SECRET: "x".repeat(32),
    TOKEN_ENCRYPTION_KEYS: keys.join(","),
  });
  const rotated: Context = { ...segue.ctx, config: { ...segue.ctx.config, tokenKeys } };
  const fresh = await refreshGrant(rotated, await grant());
  expect(String(old)).toMatch(/^v1\.k1\./);
  expect(fresh.refresh_token_encrypted).toMatch(/^v1\.k2\./);
});

const connection = async () => {
  const [row] = await segue.rows(
    `select * from tutor_video_provider_connections where tutor_id = '${tutor.id}'`,
  );
  return row ?? {};
};

const grant = async () => readGrant(segue.ctx, String((await connection()).grant_id));
