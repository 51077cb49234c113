import { beforeEach, expect, test } from "vitest";
import { CALL_TIMEOUT_MS, JOB_EXPIRY_SECONDS } from "#lib/platform/patience.ts";
import { disconnectProvider } from "#lib/services/switching/disconnectProvider.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { betweenCalls, isRefresh } from "#tests/harness/middleman.ts";
import { scene } from "#tests/harness/scene.ts";
import { keepGrantsWarm } from "./keepWarm.ts";

const { segue, tutor, student, connection, expectWorking } = scene();
const { between } = betweenCalls();

// The tests before left theirs.
beforeEach(() =>
  segue.rows(`update tutor_video_provider_connections set error_code = 'grant_revoked'`),
);

test.each([
  ["zoom", 200],
  ["google_meet", 400],
] as const)(
  "a connection at %s without lessons for %i days still works",
  async (provider, days) => {
    await segue.connect(tutor, provider);
    await segue.standIns.forgetCalls();
    for (let day = 0; day < days; day += 5) {
      segue.clock.advance({ days: 5 });
      await keepGrantsWarm(segue.ctx);
    }
    expect((await segue.standIns.calls("refresh")).length).toBeLessThan(days / 29);
    await segue.lessons(tutor, student, 1);
    await expectWorking();
  },
);

test("a connection that its tutor has ended isn't kept alive", async () => {
  await segue.connect(tutor, "zoom");
  await disconnectProvider(segue.ctx, tutor);
  await segue.standIns.forgetCalls();
  segue.clock.advance({ days: 100 });
  await keepGrantsWarm(segue.ctx);
  expect(await segue.standIns.calls("refresh")).toEqual([]);
});

test("what can't be refreshed in a minute's work holds up nobody, and what is dead is told", async () => {
  const other = await segue.person("tutor");
  await segue.connect(tutor, "zoom");
  await segue.connect(other, "google_meet");
  segue.clock.advance({ days: 40 });
  await segue.standIns.faults({
    provider: "zoom",
    operation: "refresh",
    effect: "refresh_dead_4711",
  });
  await keepGrantsWarm(segue.ctx);
  expect(await connection()).toMatchObject({ connection_status: "needs_reconnect" });
  expect(await connection(other)).toMatchObject({ connection_status: "connected" });
  expect((await segue.standIns.calls("refresh")).map((call) => call.status)).toContain(200);
});

const everyDay = async (ctx: Context, days: number) => {
  for (let day = 0; day < days; day++) {
    segue.clock.advance({ days: 1 });
    await keepGrantsWarm(ctx);
  }
};

test("one connection whose tokens no key opens any more lets the others live", async () => {
  const other = await segue.person("tutor");
  await segue.connect(other, "zoom");
  // Its key was lost, or its row came from a backup: `npm run rotate-keys` calls it unreadable, and leaves it.
  await segue.rows(`update tutor_video_provider_connections
    set refresh_token_encrypted = replace(refresh_token_encrypted, 'k1', 'k0')
    where tutor_id = '${other.id}' returning 1`);
  segue.clock.advance({ hours: 1 });
  await segue.connect(tutor, "zoom");
  await everyDay(segue.ctx, 100);
  expect(await connection()).toMatchObject({ connection_status: "connected" });
  await segue.lessons(tutor, student, 1);
  await expectWorking();
});

test("twenty connections of a provider whose credentials were removed let those of the other provider live", async () => {
  for (let i = 0; i < 20; i++) await segue.connect(await segue.person("tutor"), "google_meet");
  segue.clock.advance({ hours: 1 });
  await segue.connect(tutor, "zoom");
  const { providers } = segue.ctx;
  const has: typeof providers.has = (id) => id !== "google_meet" && providers.has(id);
  await segue.standIns.forgetCalls();
  await everyDay({ ...segue.ctx, providers: { ...providers, has } }, 100);
  expect((await segue.standIns.calls("refresh")).length).toBeGreaterThan(0);
});

test("keeping connections warm ends in time where the provider gives no answer", async () => {
  const tutors = await Promise.all(Array.from({ length: 20 }, () => segue.person("tutor")));
  for (const one of tutors) await segue.connect(one, "zoom");
  segue.clock.advance({ days: 40 });
  between((sent, pass) => {
    if (!isRefresh(sent)) return pass();
    segue.clock.advance({ seconds: CALL_TIMEOUT_MS / 1000 });
    throw new DOMException("The operation was aborted due to timeout", "TimeoutError");
  });
  const begun = segue.clock().getTime();
  await keepGrantsWarm(segue.ctx);
  const took = (segue.clock().getTime() - begun) / 1000;
  expect(took).toBeLessThan(JOB_EXPIRY_SECONDS);
});
