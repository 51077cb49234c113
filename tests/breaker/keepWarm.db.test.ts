/** Grants that can't be refreshed for a reason of ours keep all other grants from being kept warm. */
import { beforeEach, expect, test } from "vitest";
import { keepGrantsWarm } from "#lib/services/calls/keepWarm.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, connection } = scene();

beforeEach(() =>
  segue.rows(`update tutor_video_provider_connections set error_code = 'grant_revoked'`),
);

const everyDay = async (ctx: Context, days: number) => {
  const failures: unknown[] = [];
  for (let day = 0; day < days; day++) {
    segue.clock.advance({ days: 1 });
    await keepGrantsWarm(ctx).catch((error: unknown) => failures.push(error));
  }
  return failures;
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
  const failures = await everyDay(segue.ctx, 100);
  // Fails: each minute's run ends at the first, and Zoom has ended the second grant after 90 days.
  expect(await connection()).toMatchObject({ connection_status: "connected" });

  const [row] = await segue.rows(
    `select max(access_token_expires_at) as until from tutor_video_provider_connections where tutor_id = '${tutor.id}'`,
  );
  expect((segue.clock().getTime() - (row?.until as Date).getTime()) / 86_400_000).toBeLessThan(60);
});

test("twenty connections of a provider whose credentials were removed let those of the other provider live", async () => {
  for (let i = 0; i < 20; i++) await segue.connect(await segue.person("tutor"), "google_meet");
  segue.clock.advance({ hours: 1 });
  await segue.connect(tutor, "zoom");
  const { providers } = segue.ctx;
  const has: typeof providers.has = (id) => id !== "google_meet" && providers.has(id);
  await segue.standIns.forgetCalls();
  await everyDay({ ...segue.ctx, providers: { ...providers, has } }, 100);
  // Fails: the same twenty come first each minute.
  expect((await segue.standIns.calls("refresh")).length).toBeGreaterThan(0);
});
