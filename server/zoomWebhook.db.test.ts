import { createHmac } from "node:crypto";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { OpenDatabase } from "#lib/platform/db.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { scene } from "#tests/harness/scene.ts";
import { keepRuntime, type Runtime } from "./runtime.ts";
import { zoomWebhook } from "./zoomWebhook.ts";

const { segue, tutor, student } = scene();
let secret: string;
beforeAll(async () => {
  secret = segue.ctx.config.zoom.webhookSecret ?? "";
});

beforeEach(async () => {
  serve(segue.ctx);
});

test("the challenge is answered with the token and its signature", async () => {
  const answer = await send("endpoint.url_validation", { plainToken: "abc" });
  expect(answer.status).toBe(200);
  const encryptedToken = createHmac("sha256", secret).update("abc").digest("hex");
  expect(await answer.json()).toEqual({ plainToken: "abc", encryptedToken });
});

test("what isn't signed, is signed by another, or is old, is refused and changes nothing", async () => {
  const [first] = await rooms();
  const payload = { object: { id: Number(first?.meeting_external_id) } };
  const url = "http://localhost/api/webhooks/zoom";
  const unsigned = await zoomWebhook(new Request(url, { method: "POST", body: "{}" }));
  expect(unsigned.status).toBe(401);
  for (const how of [{ secret: "another" }, { late: 301 }, { late: -301 }]) {
    expect((await send("meeting.deleted", payload, how)).status).toBe(401);
  }
  expect(segue.nudged.size).toBe(0);
  expect((await segue.ledger(tutor)).filter((row) => row.check_at !== null)).toEqual([]);
});

test("without a secret in the settings there is no such address", async () => {
  const { config } = segue.ctx;
  const ctx = {
    ...segue.ctx,
    config: { ...config, zoom: { ...config.zoom, webhookSecret: null } },
  };
  serve(ctx);
  expect((await send("endpoint.url_validation", { plainToken: "abc" })).status).toBe(404);
});

test.each([
  ["a room that was deleted", "meeting.deleted", (id: string) => Number(id)],
  ["its id as text", "meeting.deleted", (id: string) => id],
])("%s gets its lesson another, also when told twice", async (_, event, form) => {
  const [first, second] = await rooms();
  const id = first?.meeting_external_id ?? "";
  await segue.standIns.control("delete-meeting", { provider: "zoom", id });
  await segue.standIns.forgetCalls();
  const payload = { object: { id: form(id) } };
  expect((await send(event, payload)).status).toBe(200);
  expect((await send(event, payload)).status).toBe(200);
  await segue.work();
  const [now, other] = await segue.sessions(tutor);
  expect(now?.meeting_external_id).not.toBe(id);
  expect(now?.join_url).not.toBeNull();
  expect(other?.meeting_external_id).toBe(second?.meeting_external_id);
  expect((await segue.standIns.calls("get")).length).toBe(1);
  expect((await send(event, payload)).status).toBe(200);
  await segue.work();
  expect((await segue.sessions(tutor))[0]?.meeting_external_id).toBe(now?.meeting_external_id);
});

test("an event that says what is known asks for nothing, and one that says more or other does", async () => {
  const [first] = await rooms();
  await segue.work();
  const known = {
    id: Number(first?.meeting_external_id),
    uuid: "u",
    topic: first?.title,
    type: 2,
    start_time: first?.scheduled_start_at.toISOString().replace(/\.\d+/, ""),
    duration: first?.duration_minutes,
    timezone: "UTC",
  };
  const before = await segue.ledger(tutor);
  await segue.standIns.forgetCalls();
  for (const object of [known, { id: known.id, topic: known.topic }, known]) {
    expect((await send("meeting.updated", { object })).status).toBe(200);
  }
  expect(segue.nudged.size).toBe(0);
  expect(await segue.ledger(tutor)).toEqual(before);
  for (const other of [{ topic: "Another" }, { duration: 5 }, { password: "x" }, { type: 8 }]) {
    segue.nudged.clear();
    await send("meeting.updated", { object: { ...known, ...other } });
    expect(segue.nudged.size).toBe(1);
    await segue.work();
  }
  expect(await segue.standIns.calls("get")).toHaveLength(4);
  expect(await segue.standIns.calls("update")).toEqual([]);
  await send("meeting.deleted", { object: known });
  expect(segue.nudged.size).toBe(1);
});

test("while Zoom doesn't answer, the check comes again, without a nudge", async () => {
  const [first] = await rooms();
  const id = first?.meeting_external_id ?? "";
  await segue.standIns.control("delete-meeting", { provider: "zoom", id });
  await segue.standIns.faults({ provider: "zoom", operation: "get", effect: "unavailable" });
  await send("meeting.updated", { object: { id: Number(id) } });
  await segue.work();
  expect((await segue.sessions(tutor))[0]?.meeting_external_id).toBe(id);
  await segue.standIns.faults();
  await segue.later({ minutes: 6 });
  expect((await segue.sessions(tutor))[0]?.meeting_external_id).not.toBe(id);
});

test("events of other rooms and unknown events are taken and forgotten", async () => {
  await rooms();
  expect((await send("meeting.deleted", { object: { id: 1 } })).status).toBe(200);
  expect((await send("recording.completed", { object: {} })).status).toBe(200);
  expect((await send("meeting.deleted", { nothing: true })).status).toBe(200);
  expect(segue.nudged.size).toBe(0);
});

test("an account whose owner removed Segue has to be reconnected", async () => {
  await rooms();
  await segue.standIns.control("revoke", { provider: "zoom", email: tutor.email });
  expect((await send("app_deauthorized", await deauthorized())).status).toBe(200);
  expect(await status()).toBe("needs_reconnect");
  expect((await send("app_deauthorized", await deauthorized())).status).toBe(200);
});

test("such an event that comes after a new consent, or for another app of ours, ends nothing", async () => {
  await rooms();
  expect((await send("app_deauthorized", await deauthorized())).status).toBe(200);
  expect(await status()).toBe("connected");
  await segue.standIns.control("revoke", { provider: "zoom", email: tutor.email });
  const other = { ...(await deauthorized()), client_id: "another" };
  expect((await send("app_deauthorized", other)).status).toBe(200);
  expect(await status()).toBe("connected");
});

test("while Zoom doesn't say, it is asked to send the event again", async () => {
  await rooms();
  await segue.standIns.faults({ provider: "zoom", operation: "refresh", effect: "unavailable" });
  expect((await send("app_deauthorized", await deauthorized())).status).toBe(503);
  expect(await status()).toBe("connected");
});

test("more than an event can be isn't read to its end", async () => {
  const answer = await send("meeting.deleted", { filler: "x".repeat(300_000) });
  expect(answer.status).toBe(413);
});

/** The route uses nothing else of the process. */
function serve(ctx: Context): void {
  const database: OpenDatabase = segue.database;
  keepRuntime({ ctx, database } as Runtime);
}

interface Sending {
  /** Seconds by which the timestamp is off. */
  late?: number;
  secret?: string;
}

function send(event: string, payload: object, how: Sending = {}): Promise<Response> {
  const body = JSON.stringify({ event, event_ts: 1, payload });
  const timestamp = `${Math.floor(segue.clock().getTime() / 1000) - (how.late ?? 0)}`;
  const mac = createHmac("sha256", how.secret ?? secret).update(`v0:${timestamp}:${body}`);
  const headers = {
    "x-zm-request-timestamp": timestamp,
    "x-zm-signature": `v0=${mac.digest("hex")}`,
  };
  return zoomWebhook(
    new Request("http://localhost/api/webhooks/zoom", { method: "POST", headers, body }),
  );
}

const deauthorized = async () => {
  const [row] = await segue.rows(`select account_user_id from tutor_video_provider_connections
    where tutor_id = '${tutor.id}'`);
  const { clientId } = segue.ctx.config.zoom.credentials ?? {};
  return { user_id: row?.account_user_id, account_id: "a", client_id: clientId };
};

const status = async () => {
  const [row] = await segue.rows(`select connection_status from tutor_video_provider_connections
    where tutor_id = '${tutor.id}'`);
  return row?.connection_status;
};

const rooms = async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2);
  return segue.sessions(tutor);
};
