import { expect, test } from "vitest";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { refreshSessionLinks } from "#lib/services/switching/refreshSessionLinks.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { expectInOrder } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";
import { reconcile } from "./reconcile.ts";

const { segue, tutor, student, connection } = scene();

test("a room whose answer was lost before the grant died is cleared away after reconnecting", async () => {
  const id = await loseAnswerAndGrant();
  await cancelSession(segue.ctx, tutor, id);
  await segue.later({ minutes: 1 });
  expect(await states()).toEqual(["intended"]);
  await segue.connect(tutor, "zoom");
  for (let step = 0; step < 4; step++) await segue.later({ minutes: 1 });
  expect(await roomsAtZoom()).toEqual([]);
  expect(await states()).toEqual(["deleted"]);
});

test("new links asked for while the connection is dead leave one room each after reconnecting", async () => {
  await loseAnswerAndGrant();
  expect(await refreshSessionLinks(segue.ctx, tutor)).toMatchObject({ running: true, total: 1 });
  await segue.connect(tutor, "zoom");
  for (let step = 0; step < 4; step++) await segue.later({ minutes: 1 });
  await segue.later({ hours: 2 });
  const [session] = await segue.sessions(tutor);
  expect((await roomsAtZoom()).map(({ joinUrl }) => joinUrl)).toEqual([session?.join_url]);
  await expectInOrder(segue, tutor);
});

test("a room that may exist with a replaced dead grant is listed as stranded, not forgotten", async () => {
  await loseAnswerAndGrant();
  await segue.connect(tutor, "google_meet");
  await segue.later({ minutes: 1 });
  expect((await segue.ledger(tutor)).map(({ provider, state }) => [provider, state])).toEqual([
    ["zoom", "stranded"],
    ["google_meet", "live"],
  ]);
  await segue.standIns.forgetCalls();
  await segue.later({ hours: 2 });
  expect(await segue.standIns.calls()).toEqual([]);
});

test("a room of a dead grant that a dead worker still holds is waited for, not asked for again and again", async () => {
  await segue.connect(tutor, "google_meet");
  await segue.lessons(tutor, student, 1);
  await segue.connect(tutor, "zoom");
  segue.clock.advance({ minutes: 61 });
  const until = new Date(segue.clock().getTime() + 9_000);
  await segue.rows(`update retired_video_provider_connections
    set connection_status = 'needs_reconnect', error_code = 'grant_revoked'
    where tutor_id = '${tutor.id}' returning 1`);
  await segue.rows(`update meetings set state = 'deleting', lease_until = '${until.toISOString()}'
    where tutor_id = '${tutor.id}' and state = 'superseded' returning 1`);
  let reads = 0;
  const clock = () => {
    reads += 1;
    // Each reading of the clock takes a while, so that a worker who can't stop comes to an end.
    segue.clock.advance({ seconds: 0.02 });
    return segue.clock();
  };
  const counted: Context = { ...segue.ctx, clock };
  const { nextAt } = await reconcile(counted, tutor.id);
  expect(nextAt).toEqual(until);
  expect(reads).toBeLessThan(15);
  await segue.later({ seconds: 10 });
  expect(await states()).toEqual(["stranded", "live"]);
});

/** All rooms at Zoom, whatever the ledger knows of them. */
const roomsAtZoom = async () =>
  (await segue.standIns.rooms()).filter(
    ({ provider, owner }) => provider === "zoom" && owner === tutor.email,
  );

const states = async () => (await segue.ledger(tutor)).map(({ state }) => state);

/** Zoom has made the room, its answer was lost, and the grant dies before the room is found. */
async function loseAnswerAndGrant(): Promise<string> {
  await segue.connect(tutor, "zoom");
  await segue.standIns.faults(
    { provider: "zoom", operation: "create", effect: "cut_after_write", times: 1 },
    { provider: "zoom", operation: "list", effect: "unavailable" },
  );
  const [id = ""] = await segue.lessons(tutor, student, 1);
  await segue.standIns.control("revoke", { provider: "zoom", email: tutor.email });
  await segue.standIns.control("expire-tokens");
  await segue.standIns.faults();
  await segue.later({ minutes: 2 });
  expect(await connection()).toMatchObject({ connection_status: "needs_reconnect" });
  expect(await segue.ledger(tutor)).toMatchObject([{ state: "intended", outcome_unknown: true }]);
  expect(await roomsAtZoom()).toHaveLength(1);
  return id;
}
