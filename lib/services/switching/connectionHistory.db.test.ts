import { expect, test } from "vitest";
import { checkOwnLinks } from "#lib/services/drift/checkLinks.ts";
import { setOwnLink } from "#lib/services/sessions/setOwnLink.ts";
import { scene } from "#tests/harness/scene.ts";
import { disconnectProvider } from "./disconnectProvider.ts";
import { listMigrations, migrationDetail } from "./migrationHistory.ts";
import { refreshSessionLinks } from "./refreshSessionLinks.ts";
import { retryMigration } from "./retryMigration.ts";
import { undoMigration } from "./undoMigration.ts";
import { videoSetup } from "./videoSetup.ts";

const { segue, tutor, student } = scene();

const events = async () =>
  (await videoSetup(segue.ctx, tutor)).events.map(({ kind, provider }) => `${kind} ${provider}`);
const later = () => segue.clock.advance({ minutes: 5 });

test("whatever happens to a connection stands in its history once, newest first", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2);
  later();
  await checkOwnLinks(segue.ctx, tutor);
  later();
  await disconnectProvider(segue.ctx, tutor);
  await disconnectProvider(segue.ctx, tutor);
  later();
  await segue.connect(tutor, "zoom");
  later();
  await segue.rows(`update tutor_video_provider_connections
    set connection_status = 'needs_reconnect', updated_at = '${segue.clock().toISOString()}'`);
  later();
  await segue.connect(tutor, "zoom");
  expect(await events()).toEqual([
    "reconnected zoom",
    "lost zoom",
    "reconnected zoom",
    "disconnected zoom",
    "checked zoom",
    "connected zoom",
  ]);
  const { events: all } = await videoSetup(segue.ctx, tutor);
  expect(all.find(({ kind }) => kind === "checked")).toMatchObject({ checked: 2, repaired: 0 });
  expect(all.at(-1)).toMatchObject({ account: tutor.email, checked: null });
});

test("a switch is told by its migration alone, and one with nothing to move by its connection", async () => {
  await segue.connect(tutor, "zoom");
  later();
  await segue.connect(tutor, "google_meet");
  expect(await events()).toEqual(["connected google_meet", "connected zoom"]);
  await segue.lessons(tutor, student, 1);
  later();
  await segue.connect(tutor, "zoom");
  const page = await videoSetup(segue.ctx, tutor);
  expect(page.history.map(({ kind, to }) => `${kind} ${to}`)).toEqual(["switch zoom"]);
  expect(await events()).toEqual(["connected google_meet", "connected zoom"]);
});

test("however often links are checked, what happened before stays in the history", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  for (let times = 0; times < 3; times++) {
    later();
    await checkOwnLinks(segue.ctx, tutor);
  }
  expect(await events()).toEqual(["checked zoom", "connected zoom"]);
  later();
  await disconnectProvider(segue.ctx, tutor);
  later();
  await segue.connect(tutor, "zoom");
  later();
  await checkOwnLinks(segue.ctx, tutor);
  expect((await events()).filter((event) => event.startsWith("checked"))).toHaveLength(2);
});

test("nobody sees another tutor's history", async () => {
  await segue.connect(tutor, "zoom");
  const other = await segue.person("tutor");
  expect((await videoSetup(segue.ctx, other)).events).toEqual([]);
});

test("the history tells how a change is now: a failure that a retry has mended since is no failure", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2);
  await segue.standIns.faults({
    provider: "zoom",
    operation: "create",
    effect: "invalid_request",
    titleIncludes: "Lesson 2.",
  });
  const { migrationId } = await refreshSessionLinks(segue.ctx, tutor);
  await segue.standIns.faults();
  await retryMigration(segue.ctx, tutor, migrationId ?? "", {});
  await segue.work();
  const { items } = await listMigrations(segue.ctx, tutor);
  expect(items.find(({ id }) => id === migrationId)).toMatchObject({ failed: 1, answeredSince: 1 });
});

test("a failed lesson that its tutor has given a link of their own since is no failure in the list either", async () => {
  await segue.connect(tutor, "zoom");
  const [id = ""] = await segue.lessons(tutor, student, 1);
  await segue.standIns.faults({ provider: "zoom", operation: "create", effect: "invalid_request" });
  await refreshSessionLinks(segue.ctx, tutor);
  await segue.standIns.faults();
  later();
  await setOwnLink(segue.ctx, tutor, id, { url: "https://meet.google.com/own-room-abc" });
  const [newest] = (await listMigrations(segue.ctx, tutor)).items;
  expect(newest).toMatchObject({ failed: 1, answeredSince: 1 });
  const { failed, answeredSince } = await migrationDetail(segue.ctx, tutor, newest?.id ?? "");
  expect({ failed, answeredSince }).toEqual({ failed: 1, answeredSince: 1 });
});

test("an undo that would be refused isn't offered, and one that would be taken is", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await segue.connect(tutor, "google_meet");
  await segue.work();
  expect((await videoSetup(segue.ctx, tutor)).lostUndo).toBeNull();
  const { migrationId } = await refreshSessionLinks(segue.ctx, tutor);
  await segue.work();
  expect((await videoSetup(segue.ctx, tutor)).lostUndo).toBeNull();
  await disconnectProvider(segue.ctx, tutor);
  expect((await videoSetup(segue.ctx, tutor)).lostUndo).toBe(migrationId);
  await expect(undoMigration(segue.ctx, tutor, migrationId ?? "")).rejects.toMatchObject({
    code: "wrong_state",
  });
});

test("an undo that was undone is told as a redo", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await segue.connect(tutor, "google_meet");
  await segue.work();
  for (let times = 0; times < 2; times++) {
    const [newest] = (await listMigrations(segue.ctx, tutor)).items;
    await undoMigration(segue.ctx, tutor, newest?.id ?? "");
    await segue.work();
  }
  const { items } = await listMigrations(segue.ctx, tutor);
  expect(items.map(({ kind, isRedo }) => [kind, isRedo])).toEqual([
    ["undo", true],
    ["undo", false],
    ["switch", false],
  ]);
});
