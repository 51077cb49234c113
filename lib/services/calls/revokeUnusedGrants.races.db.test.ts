import { expect, test } from "vitest";
import { ConnectFailed } from "#lib/services/switching/connectErrors.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { scene } from "#tests/harness/scene.ts";
import { revokeUnusedGrants } from "./revokeUnusedGrants.ts";

const { segue, tutor, student, retired, connection: current, expectWorking } = scene();

test.each(["zoom", "google_meet"] as const)(
  "an account (%s) connected again just after its revocation keeps working",
  async (from) => {
    await readyToLetGo(from);
    segue.onCall = async ({ method, phase }) => {
      if (method !== "revoke" || phase !== "after") return;
      segue.onCall = null;
      // The worker has its answer and hasn't written it yet.
      await segue.connect(tutor, from);
    };
    await segue.later({ minutes: 61 });
    await segue.later({ minutes: 1 });
    expect(await current()).toMatchObject({ provider: from, connection_status: "connected" });
    await expectWorking(tutor);
    expect(await retired()).toMatchObject(kept);
  },
);

test("a Zoom account connected again just before its revocation keeps working", async () => {
  await readyToLetGo("zoom");
  segue.onCall = async ({ method, phase }) => {
    if (method !== "revoke" || phase !== "before") return;
    segue.onCall = null;
    await segue.connect(tutor, "zoom");
  };
  await segue.later({ minutes: 61 });
  await segue.later({ minutes: 1 });
  expect(await current()).toMatchObject({ provider: "zoom", connection_status: "connected" });
  await expectWorking(tutor);
});

test("a consent that a revocation of its Google account hit is refused, and the next one works", async () => {
  await readyToLetGo("google_meet");
  const before = await current();
  const revoked = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  let again: Promise<unknown> = Promise.resolve();
  const { sleep } = segue.ctx;
  segue.ctx.sleep = async (milliseconds) => {
    segue.ctx.sleep = sleep;
    asked.resolve();
    await revoked.promise;
    segue.clock.advance({ seconds: milliseconds / 1000 });
  };
  segue.onCall = async ({ method, phase }) => {
    if (method !== "revoke") return;
    if (phase === "before") {
      again = segue.connect(tutor, "google_meet").catch((error: unknown) => error);
      await asked.promise;
    } else revoked.resolve();
  };
  await segue.later({ minutes: 61 });
  expect(await again).toBeInstanceOf(ConnectFailed);
  expect(await current()).toEqual(before);
  expect(await retired()).toMatchObject(erased);

  await segue.connect(tutor, "google_meet");
  expect(await current()).toMatchObject({ provider: "google_meet" });
  await expectWorking(tutor);
});

test("a worker that died in the middle of a revocation is followed by another", async () => {
  await readyToLetGo("zoom");
  const until = new Date(segue.clock().getTime() + 61 * 60_000 + 10_000).toISOString();
  await segue.rows(`update retired_video_provider_connections
    set revocation_until = '${until}' where tutor_id = '${tutor.id}' returning 1`);
  await segue.later({ minutes: 61 });
  expect(await retired()).toMatchObject(kept);
  await segue.later({ minutes: 1 });
  expect(await retired()).toMatchObject(erased);
  expect(await segue.standIns.calls("revoke")).toHaveLength(1);
});

test("two workers revoke a connection once", async () => {
  await readyToLetGo("zoom");
  segue.onCall = async ({ method, phase }) => {
    if (method !== "revoke" || phase !== "before") return;
    segue.onCall = null;
    await revokeUnusedGrants(segue.ctx, tutor.id);
    expect(await retired()).toMatchObject(kept);
  };
  await segue.later({ minutes: 61 });
  expect(await retired()).toMatchObject(erased);
  expect(await segue.standIns.calls("revoke")).toHaveLength(1);
});

test("tokens that our keys can't open are erased, and the log says so", async () => {
  await readyToLetGo("zoom");
  await segue.later({ minutes: 1 });
  const tokenKeys = [{ id: "other", secret: Buffer.alloc(32, 9) }];
  const keyless: Context = { ...segue.ctx, config: { ...segue.ctx.config, tokenKeys } };
  await segue.rows(`update meetings set state = 'deleted', closed_at = now()
    where tutor_id = '${tutor.id}' and state = 'superseded' returning 1`);
  segue.clock.advance({ hours: 2 });
  await revokeUnusedGrants(keyless, tutor.id);
  expect(await retired()).toMatchObject(erased);
  expect(segue.logs.at(-1)).toMatchObject({ level: 50 });
});

const erased = {
  access_token_encrypted: null,
  refresh_token_encrypted: null,
  erased_at: expect.any(Date),
};

const kept = { access_token_encrypted: expect.any(String), erased_at: null };

/** Moves lessons away from `from`, whose connection is now due to be revoked. */
async function readyToLetGo(from: "zoom" | "google_meet"): Promise<void> {
  await segue.connect(tutor, from);
  await segue.lessons(tutor, student, 1);
  await segue.connect(tutor, from === "zoom" ? "google_meet" : "zoom");
}
