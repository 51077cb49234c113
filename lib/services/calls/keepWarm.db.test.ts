import { beforeEach, expect, test } from "vitest";
import { disconnectProvider } from "#lib/services/switching/disconnectProvider.ts";
import { scene } from "#tests/harness/scene.ts";
import { keepGrantsWarm } from "./keepWarm.ts";

const { segue, tutor, student, connection, expectWorking } = scene();

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
