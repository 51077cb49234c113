import { expect, test } from "vitest";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { refusal, scene } from "#tests/harness/scene.ts";
import { disconnectProvider } from "./disconnectProvider.ts";
import { refreshSessionLinks } from "./refreshSessionLinks.ts";
import { undoMigration } from "./undoMigration.ts";

const { segue, tutor, student, newest, undo, history, links, connection, switched } = scene();

test("after its window a migration can't be undone", async () => {
  await switched(1);
  const now = await links();
  await segue.later({ minutes: 60 });
  expect(await refusal(undo())).toEqual({
    code: "wrong_state",
    message: "It is too late to undo this. You can switch back.",
  });
  expect(await links()).toEqual(now);
  expect(await connection()).toMatchObject({ provider: "google_meet", generation: 2 });
});

test("only the newest change can be undone", async () => {
  await switched(1);
  const first = await newest();
  await refreshSessionLinks(segue.ctx, tutor);
  expect(await refusal(undo(first))).toEqual({
    code: "wrong_state",
    message: "Only your latest change can be undone.",
  });
  const refresh = await newest();
  await undo();
  expect((await refusal(undo(first))).code).toBe("wrong_state");
  await refreshSessionLinks(segue.ctx, tutor);
  expect((await refusal(undo(refresh))).code).toBe("wrong_state");
});

test("an undo that is pressed again answers with the one that is there", async () => {
  await switched(2);
  const id = await newest();
  const first = await undo(id);
  const before = [await links(), await history()];
  expect(await undo(id)).toEqual(first);
  expect([await links(), await history()]).toEqual(before);
});

test("a switch that found no lesson to move is newer, too", async () => {
  const { ids } = await switched(1);
  await cancelSession(segue.ctx, student, ids[0] ?? "");
  await segue.connect(tutor, "zoom", `second.${tutor.email}`);
  expect((await refusal(undo())).code).toBe("wrong_state");
});

test("with a dead old connection it is refused in words that offer to switch back, and nothing changes", async () => {
  await switched(1);
  const before = [await links(), await connection(), await history()];
  const [old] = await segue.rows(
    `select * from retired_video_provider_connections where tutor_id = '${tutor.id}'`,
  );
  await segue.rows(`update retired_video_provider_connections
    set connection_status = 'needs_reconnect', error_code = 'grant_revoked'
    where grant_id = '${old?.grant_id}' returning id`);
  const refused = {
    code: "wrong_state",
    message:
      "Your earlier Zoom connection can’t be used any more, so this can’t be undone. Connect Zoom again to switch back.",
  };
  expect(await refusal(undo())).toEqual(refused);
  await segue.rows(`update retired_video_provider_connections
    set error_code = null, connection_status = 'connected', erased_at = created_at,
    access_token_encrypted = null, refresh_token_encrypted = null
    where grant_id = '${old?.grant_id}' returning id`);
  expect(await refusal(undo())).toEqual(refused);
  expect([await links(), await connection(), await history()]).toEqual(before);
});

test("a connection that the tutor had ended isn't taken up again without a new consent", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await disconnectProvider(segue.ctx, tutor);
  await segue.connect(tutor, "google_meet");
  expect((await refusal(undo())).code).toBe("wrong_state");
});

test("an account that another tutor has connected since isn't taken from them", async () => {
  await switched(1);
  const other = await segue.person("tutor");
  await segue.connect(other, "zoom", tutor.email);
  expect((await refusal(undo())).code).toBe("account_in_use");
  expect(await connection()).toMatchObject({ provider: "google_meet" });
});

test("a refresh at a connection that needs reconnecting is undone after that", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  const before = await links();
  await refreshSessionLinks(segue.ctx, tutor);
  await disconnectProvider(segue.ctx, tutor);
  expect(await refusal(undo())).toEqual({
    code: "wrong_state",
    message: "Your Zoom connection can’t be used. Reconnect it, then undo this.",
  });
  await segue.connect(tutor, "zoom");
  await undo();
  expect(await links()).toEqual(before);
});

test("another person's migration doesn't exist for anybody else", async () => {
  await switched(1);
  const id = await newest();
  const other = await segue.person("tutor");
  for (const person of [other, student]) {
    expect((await refusal(undoMigration(segue.ctx, person, id))).code).toBe("not_found");
  }
});
