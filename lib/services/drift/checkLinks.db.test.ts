import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import type { GrantAccess } from "#lib/providers/provider.ts";
import { utc } from "#lib/providers/wire.ts";
import { openGrant } from "#lib/services/calls/grantSession.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { disconnectProvider } from "#lib/services/switching/disconnectProvider.ts";
import { someOf } from "#tests/harness/extent.ts";
import { expectInOrder } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";
import { checkLinks, checkOwnLinks } from "./checkLinks.ts";

const { segue, tutor, student, deleteByHand } = scene();

test.each(someOf(["google", "zoom"] as const, 1))(
  "a %s room deleted by hand gets a successor, the others stay as they are",
  async (name) => {
    await segue.connect(tutor, name === "zoom" ? "zoom" : "google_meet");
    await segue.lessons(tutor, student, 3);
    const before = await segue.sessions(tutor);
    await deleteByHand(name, before[1]?.meeting_external_id);
    expect(await check()).toEqual({ ...nothing, checked: 3, repaired: 1, gone: 1 });
    expect((await segue.sessions(tutor))[1]).toMatchObject({ provider: null, join_url: null });
    await segue.work();
    const after = await segue.sessions(tutor);
    expect([after[0], after[2]]).toEqual([before[0], before[2]]);
    expect(after[1]?.join_url).toBeTruthy();
    expect(after[1]?.join_url).not.toBe(before[1]?.join_url);
    expect((await segue.ledger(tutor)).map(({ state }) => state).sort()).toEqual([
      "live",
      "live",
      "live",
      "lost",
    ]);
    await expectInOrder(segue, tutor);
    expect(await check()).toEqual({ ...nothing, checked: 3 });
  },
);

test("a room moved or renamed at the provider gets its time and title back, and stays the same room", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 3);
  const before = await segue.sessions(tutor);
  const start = addMinutes(segue.clock(), 4_000)
    .toISOString()
    .replace(/\.\d{3}/, "");
  await changeAtZoom(before[0]?.meeting_external_id, { start_time: start });
  await changeAtZoom(before[1]?.meeting_external_id, { topic: "Something else" });
  await segue.standIns.forgetCalls();
  expect(await check()).toEqual({ ...nothing, checked: 3, repaired: 2, differs: 2 });
  await segue.work();
  expect(await segue.standIns.calls("update")).toHaveLength(2);
  expect(await segue.sessions(tutor)).toEqual(before);
  const told = new Map((await rooms()).map((room) => [room.id, room]));
  for (const session of before) {
    const room = told.get(session.meeting_external_id ?? "");
    expect(room?.title).toBe(session.title);
    // Zoom is told whole seconds, and a wait may have put a fraction on the clock.
    expect(utc(new Date(room?.start ?? ""))).toBe(utc(session.scheduled_start_at));
  }
  expect(await check()).toEqual({ ...nothing, checked: 3 });
});

test("a title longer than the provider takes isn't sent again and again", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1, { subject: "Long ".repeat(40).trim() });
  expect((await segue.sessions(tutor))[0]?.title.length).toBeGreaterThan(200);
  expect(await check()).toEqual({ ...nothing, checked: 1 });
});

test.each(someOf(["unavailable", "rate_limited", "cut_before"] as const, 1))(
  "a provider that answers with %s changes nothing",
  async (effect) => {
    await segue.connect(tutor, "google_meet");
    await segue.lessons(tutor, student, 2);
    const before = [await segue.sessions(tutor), await segue.ledger(tutor)];
    await segue.standIns.faults({ provider: "google", operation: "get", effect });
    expect(await check()).toEqual({ ...nothing, checked: 2, unknown: 2 });
    expect([await segue.sessions(tutor), await segue.ledger(tutor)]).toEqual(before);
    expect(segue.nudged).toEqual(new Set());
    expect(await status()).toBe("connected");
  },
);

test("a check finds out that the grant is dead, and leaves the links alone", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2);
  const before = await segue.sessions(tutor);
  await segue.standIns.control("revoke", { provider: "zoom", email: tutor.email });
  expect(await check()).toEqual({ ...nothing, checked: 2, unknown: 2 });
  expect(await status()).toBe("needs_reconnect");
  expect(await segue.sessions(tutor)).toEqual(before);
});

test("a new time that a provider refused to take is sent again", async () => {
  await segue.connect(tutor, "google_meet");
  const [id = ""] = await segue.lessons(tutor, student, 1);
  await segue.standIns.faults({ provider: "google", operation: "update", effect: "forbidden" });
  const startsAt = addMinutes(segue.clock(), 600);
  await rescheduleSession(segue.ctx, tutor, id, { startsAt: startsAt.toISOString() });
  await segue.work();
  await segue.standIns.faults();
  expect(await check()).toEqual({ ...nothing, checked: 1, differs: 1, repaired: 1 });
  await segue.work();
  // Providers take whole seconds.
  expect((await rooms())[0]?.start).toBe(startsAt.toISOString().replace(/\.\d+Z$/, ".000Z"));
  expect(await check()).toEqual({ ...nothing, checked: 1 });
});

test("a missing permission is found out as well, and an access token refused once is renewed", async () => {
  await segue.connect(tutor, "google_meet");
  await segue.lessons(tutor, student, 1);
  const refused = {
    provider: "google",
    operation: "get",
    effect: "token_refused",
    times: 1,
  } as const;
  await segue.standIns.faults(refused);
  expect(await check()).toEqual({ ...nothing, checked: 1 });
  await segue.standIns.faults({
    provider: "google",
    operation: "get",
    effect: "insufficient_scope",
  });
  expect(await check()).toEqual({ ...nothing, checked: 1, unknown: 1 });
  expect(await status()).toBe("needs_reconnect");
});

test("a switch in the middle of a check isn't disturbed by its answer", async () => {
  await segue.connect(tutor, "google_meet");
  await segue.lessons(tutor, student, 1);
  const [before] = await segue.sessions(tutor);
  await deleteByHand("google", before?.meeting_external_id);
  segue.onCall = async ({ method, phase }) => {
    if (method !== "getMeeting" || phase !== "after") return;
    segue.onCall = null;
    await segue.connect(tutor, "zoom");
    await segue.work();
  };
  expect(await check()).toEqual({ ...nothing, checked: 1, gone: 1 });
  const [after] = await segue.sessions(tutor);
  expect(after?.provider).toBe("zoom");
  expect((await segue.ledger(tutor)).map(({ state }) => state)).toEqual(["superseded", "live"]);
  await segue.work();
  expect((await segue.sessions(tutor))[0]).toEqual(after);
});

test("a lesson moved in the middle of a check isn't taken for one moved at the provider", async () => {
  await segue.connect(tutor, "google_meet");
  const [id = ""] = await segue.lessons(tutor, student, 1);
  segue.onCall = async ({ method, phase }) => {
    if (method !== "getMeeting" || phase !== "before") return;
    segue.onCall = null;
    const startsAt = addMinutes(segue.clock(), 4_000).toISOString();
    await rescheduleSession(segue.ctx, tutor, id, { startsAt });
    await segue.work();
  };
  expect(await check()).toMatchObject({ checked: 1, repaired: 0, gone: 0 });
  expect(await segue.ledger(tutor)).toMatchObject([{ state: "live", revision: 2 }]);
});

test("soonest lessons are asked about first, and only those until the date given", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 4);
  const [first, second, third] = await segue.sessions(tutor);
  await segue.rows(`update meetings set created_at = created_at + interval '1 hour'
    where session_id = '${first?.id}' returning 1`);
  const asked: string[] = [];
  const providers = segue.ctx.providers;
  const get: typeof providers.get = (name) =>
    new Proxy(providers.get(name), {
      get: (target, key) => {
        // One call at a time, so that the order of the calls is that of the list.
        if (key === "budget") return { ...target.budget, concurrency: 1 };
        if (key !== "getMeeting") return Reflect.get(target, key);
        return (grant: GrantAccess, externalId: string) => {
          asked.push(externalId);
          return target.getMeeting(grant, externalId);
        };
      },
    });
  const ctx = { ...segue.ctx, providers: { ...providers, get } };
  const until = third?.scheduled_start_at ?? segue.clock();
  expect(await checkLinks(ctx, tutor.id, { until })).toEqual({ ...nothing, checked: 3 });
  expect(asked).toEqual([first, second, third].map((one) => one?.meeting_external_id));
});

test("a link that the provider has changed, as with another passcode, is the one handed out", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  const [before] = await segue.sessions(tutor);
  await changeAtZoom(before?.meeting_external_id, { password: "another" });
  expect(await check()).toEqual({ ...nothing, checked: 1, repaired: 1, differs: 1 });
  await segue.work();
  const [after] = await segue.sessions(tutor);
  expect(after?.join_url).not.toBe(before?.join_url);
  expect(after?.meeting_id).toBe(before?.meeting_id);
  await expectInOrder(segue, tutor);
  expect(await check()).toEqual({ ...nothing, checked: 1 });
});

test("an event whose Meet was taken off gives way to a new one, and doesn't stay in the calendar", async () => {
  await segue.connect(tutor, "google_meet");
  await segue.lessons(tutor, student, 1);
  const [before] = await segue.sessions(tutor);
  const event = `calendar/v3/calendars/primary/events/${before?.meeting_external_id}`;
  const answer = await fetch(`${segue.ctx.config.google.apiUrl}/${event}?conferenceDataVersion=1`, {
    method: "PATCH",
    headers: {
      authorization: `Bearer ${await tokenOf("google_meet")}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ conferenceData: null }),
  });
  expect(answer.status).toBe(200);
  expect(await check()).toEqual({ ...nothing, checked: 1, repaired: 1, gone: 1 });
  await segue.work();
  const [after] = await segue.sessions(tutor);
  const left = (await segue.standIns.rooms()).filter(({ owner }) => owner === tutor.email);
  expect(left.map(({ id }) => id)).toEqual([after?.meeting_external_id]);
  await expectInOrder(segue, tutor);
});

test("credentials taken out of the settings leave the links as they are", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  const before = await segue.sessions(tutor);
  const get = () => {
    throw new Error("Zoom has no credentials configured");
  };
  const ctx = { ...segue.ctx, providers: { ...segue.ctx.providers, has: () => false, get } };
  expect(await checkLinks(ctx, tutor.id)).toEqual({ ...nothing, checked: 1, unknown: 1 });
  expect(await segue.sessions(tutor)).toEqual(before);
});

test("one's own links are checked and nobody else's, and not without a connection", async () => {
  await segue.connect(tutor, "google_meet");
  await segue.lessons(tutor, student, 1);
  const other = await segue.person("tutor");
  for (const person of [student, other]) {
    await expect(checkOwnLinks(segue.ctx, person)).rejects.toMatchObject({
      code: "no_video_provider",
      status: 400,
    });
  }
  await segue.connect(other, "zoom");
  expect(await checkOwnLinks(segue.ctx, other)).toEqual(nothing);
  expect(await checkOwnLinks(segue.ctx, tutor)).toEqual({ ...nothing, checked: 1 });
  await disconnectProvider(segue.ctx, tutor);
  await expect(check()).rejects.toMatchObject({ code: "no_video_provider" });
});

const nothing = { checked: 0, repaired: 0, gone: 0, differs: 0, unknown: 0, strays: 0 };
const check = (until?: Date) => checkLinks(segue.ctx, tutor.id, until && { until });

const rooms = async () => {
  const links = (await segue.sessions(tutor)).map((session) => session.join_url);
  return (await segue.standIns.rooms()).filter(({ joinUrl }) => links.includes(joinUrl));
};

const status = async () =>
  (
    await segue.rows(
      `select connection_status from tutor_video_provider_connections where tutor_id = '${tutor.id}'`,
    )
  )[0]?.connection_status;

/** Changes a meeting past Segue, as its owner does on the provider's own pages. */
async function changeAtZoom(id: string | null | undefined, change: object): Promise<void> {
  const token = await tokenOf("zoom");
  const answer = await fetch(`${segue.ctx.config.zoom.apiUrl}/meetings/${id}`, {
    method: "PATCH",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(change),
  });
  expect(answer.status).toBe(204);
}

/** The token that the app makes its next call with. */
async function tokenOf(provider: "google_meet" | "zoom"): Promise<string> {
  const row = (await segue.ledger(tutor)).find((meeting) => meeting.provider === provider);
  return (await openGrant(segue.ctx, row?.grant_id ?? "")).access.accessToken;
}
