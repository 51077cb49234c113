import { expect, test } from "vitest";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { disconnectProvider } from "#lib/services/switching/disconnectProvider.ts";
import { someOf } from "#tests/harness/extent.ts";
import { roomsOf } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student, retired, connection: current, expectWorking } = scene();

const replaced = [
  ["zoom", "google_meet", "zoom"],
  ["google_meet", "zoom", "google"],
] as const;

test.each(someOf(replaced, 1))(
  "a replaced connection (%s) ends after the undo window and its rooms, not before",
  async (from, to, name) => {
    await segue.connect(tutor, from);
    await segue.lessons(tutor, student, 3);
    await segue.connect(tutor, to);
    await segue.later({ minutes: 59 });
    expect(await retired()).toMatchObject(kept);
    expect(await revocations(name)).toEqual([]);
    await segue.later({ minutes: 2 });
    expect((await segue.ledger(tutor)).filter(({ state }) => state === "deleted")).toHaveLength(3);
    const operations = (await segue.standIns.calls())
      .filter(({ provider }) => provider === name)
      .map(({ operation }) => operation);
    expect(operations.slice(-4)).toEqual(["delete", "delete", "delete", "revoke"]);
    expect(await retired()).toMatchObject(erased);
    await segue.later({ hours: 3 });
    expect(await revocations(name)).toHaveLength(1);
    await expectWorking(tutor);
  },
);

test("a replaced connection stays as long as a room can't be deleted", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2);
  await segue.connect(tutor, "google_meet");
  await segue.standIns.faults({ provider: "zoom", operation: "delete", effect: "in_progress" });
  await segue.later({ minutes: 61 });
  await segue.later({ minutes: 30 });
  expect(await retired()).toMatchObject(kept);
  await segue.standIns.faults();
  await segue.later({ minutes: 30 });
  expect(await roomsOf(segue, tutor)).toHaveLength(2);
  expect(await retired()).toMatchObject(erased);
});

test("a lesson that failed to move holds the connection of its living room", async () => {
  await segue.connect(tutor, "zoom");
  const [failed = ""] = await segue.lessons(tutor, student, 2);
  await segue.standIns.faults({
    provider: "google",
    operation: "create",
    effect: "invalid_request",
    titleIncludes: "Lesson 1.",
  });
  await segue.connect(tutor, "google_meet");
  await segue.later({ hours: 3 });
  expect(await retired()).toMatchObject(kept);
  expect(await revocations("zoom")).toEqual([]);
  await cancelSession(segue.ctx, tutor, failed);
  await segue.later({ hours: 2 });
  expect(await retired()).toMatchObject(erased);
  expect(await revocations("zoom")).toHaveLength(1);
});

test("a Google account that another tutor is on is not revoked, only forgotten", async () => {
  const other = await segue.person("tutor");
  await segue.connect(other, "google_meet", tutor.email);
  await segue.lessons(other, student, 1, { startsAt: new Date("2026-12-24T10:00:00Z") });
  await segue.connect(tutor, "google_meet");
  await segue.lessons(tutor, student, 1);
  await segue.connect(tutor, "zoom");
  await segue.later({ hours: 2 });
  expect(await retired()).toMatchObject(erased);
  expect(await revocations("google")).toEqual([]);
  await expectWorking(other);

  await segue.connect(other, "zoom");
  await segue.later({ hours: 2 });
  expect(await retired(other)).toMatchObject(erased);
  expect(await revocations("google")).toHaveLength(1);
});

test("a Zoom account that another tutor has connected since is not revoked", async () => {
  const other = await segue.person("tutor");
  await segue.connect(tutor, "zoom");
  await segue.connect(tutor, "google_meet");
  await segue.connect(other, "zoom", tutor.email);
  await segue.lessons(other, student, 1, { startsAt: new Date("2026-12-23T10:00:00Z") });
  await segue.later({ minutes: 1 });
  expect(await retired()).toMatchObject({ ...erased, error_code: null });
  expect(await revocations("zoom")).toEqual([]);
  await expectWorking(other);
});

test("while the provider is down the connection is kept, and asked for again at longer and longer intervals", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await segue.connect(tutor, "google_meet");
  await segue.standIns.faults({ provider: "zoom", operation: "revoke", effect: "unavailable" });
  await segue.later({ minutes: 61 });
  await segue.later({ seconds: 1 });
  expect(await revocations("zoom")).toHaveLength(1);
  expect(await retired()).toMatchObject({ ...kept, revocation_failures: 1 });
  for (let minute = 0; minute < 60; minute++) await segue.later({ minutes: 1 });
  const asked = (await revocations("zoom")).length;
  expect(asked).toBeGreaterThan(8);
  expect(asked).toBeLessThan(30);
  await segue.standIns.faults();
  await segue.later({ minutes: 6 });
  expect(await retired()).toMatchObject(erased);
});

test("a provider that refuses for good doesn't keep the tokens here", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await segue.connect(tutor, "google_meet");
  await segue.standIns.faults({ provider: "zoom", operation: "revoke", effect: "invalid_request" });
  await segue.later({ minutes: 61 });
  expect(await retired()).toMatchObject(erased);
});

test("a dead replaced connection is erased without a call once no room is left to it", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await segue.connect(tutor, "google_meet");
  await segue.standIns.control("revoke", { provider: "zoom", email: tutor.email });
  await segue.standIns.control("expire-tokens");
  await segue.later({ minutes: 59 });
  expect(await retired()).toMatchObject(kept);
  await segue.later({ minutes: 2 });
  await segue.later({ minutes: 1 });
  expect((await segue.ledger(tutor)).map(({ state }) => state)).toEqual(["stranded", "live"]);
  expect(await retired()).toMatchObject({ ...erased, error_code: "grant_revoked" });
  expect(await segue.standIns.calls("revoke")).toEqual([]);
});

test("a disconnected connection is left as it is", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await disconnectProvider(segue.ctx, tutor);
  await segue.later({ hours: 2 });
  expect(await current()).toMatchObject({ access_token_encrypted: expect.any(String) });
  expect(await segue.standIns.calls("revoke")).toEqual([]);
});

test("connecting an erased account again takes up its grant", async () => {
  await segue.connect(tutor, "zoom");
  const grantId = (await current())?.grant_id;
  await segue.lessons(tutor, student, 1);
  await segue.connect(tutor, "google_meet");
  await segue.later({ hours: 2 });
  expect(await retired()).toMatchObject({ ...erased, grant_id: grantId });
  await segue.connect(tutor, "zoom");
  expect(await current()).toMatchObject({ grant_id: grantId, connection_status: "connected" });
  expect(await retired()).toMatchObject({ provider: "google_meet", ...kept });
  await expectWorking(tutor);
});

const erased = {
  access_token_encrypted: null,
  refresh_token_encrypted: null,
  erased_at: expect.any(Date),
};

const kept = { access_token_encrypted: expect.any(String), erased_at: null };

const revocations = async (provider: "google" | "zoom") =>
  (await segue.standIns.calls("revoke")).filter((call) => call.provider === provider);
