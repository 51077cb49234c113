import { beforeEach, expect, test } from "vitest";
import { checkOwnLinks } from "#lib/services/drift/checkLinks.ts";
import { listMigrations } from "#lib/services/switching/migrationHistory.ts";
import { refreshSessionLinks } from "#lib/services/switching/refreshSessionLinks.ts";
import { undoMigration } from "#lib/services/switching/undoMigration.ts";
import { scene } from "#tests/harness/scene.ts";
import { linkHistory } from "./linkHistory.ts";

const { segue, tutor, student } = scene();
let id: string;
beforeEach(async () => {
  await segue.connect(tutor, "zoom");
  [id = ""] = await segue.lessons(tutor, student, 1);
});

test("a lesson that never moved has one room, and nothing to tell the student", async () => {
  const [room] = await rooms();
  const [session] = await segue.sessions(tutor);
  expect(room).toEqual({
    provider: "zoom",
    url: session?.join_url,
    passcode: null,
    from: expect.any(String),
    until: null,
    why: "first",
    account: null,
    state: "live",
  });
  expect(await linkHistory(segue.ctx, student, id)).toEqual({ moves: [] });
});

test("switch, refresh and undo stand in it in their order, each from when to when", async () => {
  await later();
  await segue.connect(tutor, "google_meet");
  const switched = now();
  await later();
  const refresh = await refreshSessionLinks(segue.ctx, tutor);
  const refreshed = now();
  await later();
  const undone = now();
  await undoMigration(segue.ctx, tutor, refresh.migrationId ?? "");
  await segue.work();

  const found = await rooms();
  expect(found.map(({ provider, why, state }) => [provider, why, state])).toEqual([
    ["zoom", "first", "superseded"],
    ["google_meet", "switch", null],
    ["google_meet", "refresh", "superseded"],
    ["google_meet", "undo", "live"],
  ]);
  expect(found.map(({ from }) => from).slice(1)).toEqual([switched, refreshed, undone]);
  expect(found.map(({ until }) => until)).toEqual([switched, refreshed, undone, null]);
  expect(found[1]?.url).toBe(found[3]?.url);
});

test("an undone switch shows the first room twice, and since when it was there", async () => {
  await later();
  // The room was requested long before it was there, as when a day's limit comes in between.
  await segue.rows("update meetings set created_at = created_at - interval '8 hours' returning 1");
  const [first] = await rooms();
  const result = await segue.connect(tutor, "google_meet");
  await later();
  await undoMigration(segue.ctx, tutor, result?.migrationId ?? "");
  expect(await told()).toEqual([
    ["zoom", "first", null],
    ["google_meet", "switch", "superseded"],
    ["zoom", "undo", "live"],
  ]);
  expect((await rooms())[0]?.from).toBe(first?.from);
  const { moves } = await linkHistory(segue.ctx, student, id);
  expect(moves.map(({ from, to }) => [from, to])).toEqual([
    ["zoom", "google_meet"],
    ["google_meet", "zoom"],
  ]);
});

test("another account of the same provider stands in it by its address, and in the history of changes", async () => {
  await later();
  await segue.connect(tutor, "zoom", "other@example.com");
  expect((await rooms()).map(({ why, account }) => [why, account])).toEqual([
    ["first", null],
    ["account", "other@example.com"],
  ]);
  const [change] = (await listMigrations(segue.ctx, tutor)).items;
  expect(change?.accounts).toEqual({ from: tutor.email, to: "other@example.com" });
});

test("the student learns when it moved, and no room of any provider", async () => {
  await later();
  await segue.connect(tutor, "google_meet");
  const history = await linkHistory(segue.ctx, student, id);
  expect(history).toEqual({ moves: [{ from: "zoom", to: "google_meet", at: now() }] });
});

test("a room gone at the provider is said to be lost, and why there is another one", async () => {
  await later();
  const [meeting] = await segue.ledger(tutor);
  await segue.standIns.control("delete-meeting", { provider: "zoom", id: meeting?.external_id });
  await checkOwnLinks(segue.ctx, tutor);
  await segue.work();
  expect(await told()).toEqual([
    ["zoom", "first", "lost"],
    ["zoom", "lost", "live"],
  ]);
});

test("a link written in by hand stands in it as such", async () => {
  await later();
  await segue.rows(
    `update sessions set join_url = '${segue.standIns.url}/zoom/j/98765432101' where id = '${id}' returning 1`,
  );
  await segue.later({ minutes: 1 });
  const found = await rooms();
  expect(found.at(-1)).toMatchObject({ provider: "zoom", why: "by_hand", state: "live" });
});

test("nobody but the two participants learns anything", async () => {
  for (const role of ["tutor", "student"] as const) {
    const stranger = await segue.person(role);
    await expect(linkHistory(segue.ctx, stranger, id)).rejects.toMatchObject({
      code: "not_found",
    });
  }
  await expect(linkHistory(segue.ctx, tutor, "nonsense")).rejects.toMatchObject({
    code: "not_found",
  });
});

const now = () => segue.clock().toISOString();
const later = () => segue.later({ minutes: 5 });
const rooms = async () => (await linkHistory(segue.ctx, tutor, id)).rooms ?? [];
const told = async () => (await rooms()).map(({ provider, why, state }) => [provider, why, state]);
