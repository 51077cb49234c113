import { beforeEach, expect, test } from "vitest";
import { sha256 } from "#lib/platform/crypto.ts";
import { asService } from "#lib/platform/db.ts";
import { CONSENT_SECONDS } from "#lib/platform/patience.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import { takeAttempt } from "#lib/records/grants/queries/attempts.ts";
import { scene } from "#tests/harness/scene.ts";
import { redirectUri } from "#tests/harness/segue.ts";
import { beginAuthorization, completeAuthorization } from "./authorize.ts";
import { ConnectFailed } from "./connectErrors.ts";

const { segue, tutor, student } = scene();
let before: unknown[];
beforeEach(async () => {
  await segue.connect(tutor, "google_meet");
  await segue.lessons(tutor, student, 2);
  before = await everything();
});

test("a consent that came back after more than ten minutes is refused", async () => {
  const back = await press(await begin());
  segue.clock.advance({ minutes: 11 });
  expect(await complete(back)).toBe("state_expired");
  await expectUntouched();
});

test("an answer that comes again says what its first use came to, and changes nothing", async () => {
  const back = await press(await begin());
  const first = await answer(back);
  expect(first).toMatchObject({ success: true, total: 2, migrated: 2, running: false });
  before = await everything();
  await segue.standIns.forgetCalls();
  expect(await answer(back)).toEqual(first);
  segue.clock.advance({ hours: 23 });
  expect(await answer(back)).toEqual(first);
  expect(await segue.standIns.calls()).toEqual([]);
  await expectUntouched();
});

test("an answer that came to nothing comes to the same nothing again, whatever comes with it", async () => {
  const back = await press(await begin(), { decision: "deny" });
  expect(await complete(back)).toBe("access_denied");
  back.searchParams.delete("error");
  back.searchParams.set("code", "another");
  expect(await complete(back)).toBe("access_denied");
  const late = await press(await begin());
  segue.clock.advance({ minutes: 11 });
  expect([await complete(late), await complete(late)]).toEqual(["state_expired", "state_expired"]);
  await expectUntouched();
});

test("an answer that comes twice at once is used once, and both are answered alike", async () => {
  const back = await press(await begin());
  await segue.standIns.forgetCalls();
  // Each of the two moves the clock while it waits, so the usual seconds may be over before a lesson has moved.
  const patient = { ...segue.ctx, config: { ...segue.ctx.config, switchWaitSeconds: 3_600 } };
  const [one, other] = await Promise.all([answer(back, patient), answer(back, patient)]);
  expect(one).toMatchObject({ total: 2, migrated: 2 });
  expect(other).toEqual(one);
  expect(await segue.standIns.calls("token")).toHaveLength(1);
  expect(await segue.rows(`select from migrations where tutor_id = '${tutor.id}'`)).toHaveLength(1);
});

test("an answer whose first use died says so after a while, without using it again", async () => {
  const back = await press(await begin());
  await take(back);
  const asked = segue.clock();
  expect(await complete(back)).toBe("was_interrupted");
  expect(segue.clock().getTime() - asked.getTime()).toBeLessThan((CONSENT_SECONDS + 10) * 1000);
  expect(await complete(back)).toBe("was_interrupted");
  await expectUntouched();
});

test("a connection that was stored is one, though the answer to that was lost", async () => {
  const back = await press(await begin());
  let stored = false;
  const db = Object.create(segue.ctx.db, {
    transaction: { value: () => (stored ? lost() : segue.ctx.db.transaction()) },
  });
  const nudge: typeof segue.ctx.nudge = async (trx, id) => {
    await segue.ctx.nudge(trx, id);
    stored = true;
  };
  await expect(answer(back, { ...segue.ctx, db, nudge })).rejects.toThrow("connection was cut");
  expect(await answer(back)).toMatchObject({ total: 2, migrated: 2 });
});

test("what is kept of a used answer opens nothing", async () => {
  const back = await press(await begin());
  const usedAt = segue.clock();
  await answer(back);
  const [kept] = await segue.rows(
    `select * from oauth_attempts where person_id = '${tutor.id}' and provider = 'zoom'`,
  );
  expect(kept).toMatchObject({ code_verifier_encrypted: null, used_at: usedAt });
  for (const name of ["state", "code"]) {
    expect(JSON.stringify(kept)).not.toContain(back.searchParams.get(name));
  }
});

test("an answer in another browser, for another person or provider is refused", async () => {
  const other = await segue.person("tutor");
  const visits = [
    { ...segue.visit(tutor), browserSessionId: segue.ctx.newId() },
    segue.visit(other),
    { ...segue.visit(tutor), personId: other.id },
  ];
  for (const visit of visits) {
    expect(await complete(await press(await begin()), visit)).toBe("state_mismatch");
  }
  const back = await press(await begin());
  expect(await complete(back, segue.visit(tutor), "google_meet")).toBe("state_mismatch");
  await expectUntouched();
  expect(await complete(back), "nobody else has used it up").toBe("connected");
  for (const visit of visits) expect(await complete(back, visit)).toBe("state_mismatch");
  back.searchParams.delete("state");
  expect(await complete(back)).toBe("state_mismatch");
});

test("a tutor who says no stays where they are", async () => {
  expect(await complete(await press(await begin(), { decision: "deny" }))).toBe("access_denied");
  await expectUntouched();
});

test("a consent without the calendar is refused", async () => {
  const back = await press(await begin("google_meet"), {
    account: `new.${tutor.email}`,
    choose_scopes: "1",
    granted_scope: "openid",
  });
  expect(await complete(back, segue.visit(tutor), "google_meet")).toBe("scope_missing");
  await expectUntouched();
});

test.each([
  ["token", "unavailable", "provider_unavailable"],
  ["token", "cut_before", "provider_unavailable"],
  ["token", "not_json", "provider_unavailable"],
  ["account", "unavailable", "provider_unavailable"],
  ["token", "invalid_client", "exchange_failed"],
] as const)("a provider whose %s call fails (%s) is %s", async (operation, effect, code) => {
  const back = await press(await begin());
  await segue.standIns.faults({ provider: "zoom", operation, effect });
  expect(await complete(back)).toBe(code);
  await expectUntouched();
});

test("an account that can't be read once, right after the exchange, doesn't fail the consent", async () => {
  const back = await press(await begin());
  await segue.standIns.faults({
    provider: "zoom",
    operation: "account",
    effect: "unavailable",
    times: 1,
  });
  expect(await complete(back)).toBe("connected");
  expect((await segue.sessions(tutor)).map(({ provider }) => provider)).toEqual(["zoom", "zoom"]);
});

test("the same account's new tokens work also when reading the account had to be tried again", async () => {
  const zoom = await segue.person("tutor");
  await segue.connect(zoom, "zoom");
  await segue.standIns.faults({
    provider: "zoom",
    operation: "account",
    effect: "unavailable",
    times: 2,
  });
  expect(await segue.connect(zoom, "zoom")).toBeNull();
  await segue.lessons(zoom, student, 1, { startsAt: new Date("2027-01-07T10:00:00Z") });
  expect((await segue.sessions(zoom))[0]?.join_url).toContain("/j/");
});

test("a fault of our own in a consent is reported as a failed exchange, and changes nothing", async () => {
  const back = await press(await begin());
  const nudge = () => Promise.reject(new Error("no queue"));
  const broken = { ...segue.ctx, nudge };
  const failed = completeAuthorization(broken, segue.visit(tutor), {
    provider: "zoom",
    params: back.searchParams,
    redirectUri: redirectUri("zoom"),
  });
  await expect(failed).rejects.toBeInstanceOf(ConnectFailed);
  await expect(failed).rejects.toMatchObject({
    code: "exchange_failed",
    cause: { message: "no queue" },
  });
  await expectUntouched();
});

test("a switch that can't be followed is reported as running, and goes on", async () => {
  const back = await press(await begin());
  const sleep = () => Promise.reject(new Error("no patience"));
  const result = await completeAuthorization({ ...segue.ctx, sleep }, segue.visit(tutor), {
    provider: "zoom",
    params: back.searchParams,
    redirectUri: redirectUri("zoom"),
  });
  expect(result).toMatchObject({ migrationId: expect.any(String), running: true, total: 2 });
  await segue.work();
  expect((await segue.sessions(tutor)).map(({ provider }) => provider)).toEqual(["zoom", "zoom"]);
});

test("a forged code is refused", async () => {
  const back = await press(await begin());
  back.searchParams.set("code", "forged");
  expect(await complete(back)).toBe("exchange_failed");
  const empty = await press(await begin());
  empty.searchParams.delete("code");
  expect(await complete(empty)).toBe("exchange_failed");
  await expectUntouched();
});

test("the consent page is asked for with state, PKCE and the account known so far", async () => {
  const page = await begin("google_meet");
  expect(page.searchParams.get("login_hint")).toBe(tutor.email);
  expect(page.searchParams.get("code_challenge_method")).toBe("S256");
  expect(page.searchParams.get("state")?.length).toBeGreaterThan(40);
  const kept = JSON.stringify(await segue.rows("select * from oauth_attempts"));
  expect(kept).not.toContain(page.searchParams.get("state"));
});

test("visits to a consent page that nobody came back from are cleared away", async () => {
  await begin();
  segue.clock.advance({ minutes: 11 });
  await begin();
  const attempts = `from oauth_attempts where person_id = '${tutor.id}'`;
  expect(await segue.rows(`select ${attempts} and used_at is null`)).toHaveLength(1);
  expect(await segue.rows(`select ${attempts}`), "the used one is kept for a day").toHaveLength(2);
  segue.clock.advance({ hours: 24 });
  await begin();
  expect(await segue.rows(`select ${attempts}`)).toHaveLength(1);
});

const everything = async () => [
  await segue.rows(`select * from tutor_video_provider_connections where tutor_id = '${tutor.id}'`),
  await segue.rows(
    `select * from retired_video_provider_connections where tutor_id = '${tutor.id}'`,
  ),
  await segue.rows(`select * from migrations where tutor_id = '${tutor.id}'`),
  await segue.sessions(tutor),
];

const begin = (provider: ProviderId = "zoom") =>
  beginAuthorization(segue.ctx, segue.visit(tutor), provider, redirectUri(provider));

const press = (page: URL, form: Record<string, string> = {}) =>
  segue.standIns.consent(page, { account: tutor.email, decision: "allow", ...form });

/** Takes the answer, as a process does that dies right after. */
const take = (back: URL) =>
  asService(segue.ctx.db, (trx) =>
    takeAttempt(trx, {
      ...segue.visit(tutor),
      provider: "zoom",
      stateHash: sha256(back.searchParams.get("state") ?? ""),
      now: segue.clock(),
      keptUntil: segue.clock(),
    }),
  );

const lost = () => ({
  execute: () => Promise.reject(new Error("The connection was cut")),
});

const answer = (back: URL, ctx = segue.ctx) =>
  completeAuthorization(ctx, segue.visit(tutor), {
    provider: "zoom",
    params: back.searchParams,
    redirectUri: redirectUri("zoom"),
  });

const complete = (back: URL, visit = segue.visit(tutor), provider: ProviderId = "zoom") =>
  completeAuthorization(segue.ctx, visit, {
    provider,
    params: back.searchParams,
    redirectUri: redirectUri(provider),
  }).then(
    () => "connected",
    (error: { code: string }) => error.code,
  );

const expectUntouched = async () => expect(await everything()).toEqual(before);
