import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { scene } from "#tests/harness/scene.ts";
import { decideUidHost, installationId, uidHost } from "./queries.ts";

const { segue, tutor, student } = scene();
beforeEach(async () => {
  await segue.rows("update installation set uid_host = null returning 1");
});

test("a new installation's calendar entries are known by its own id, whatever it is called later", async () => {
  const { db } = segue.ctx;
  await decideUidHost(db, "first.example");
  await decideUidHost(db, "second.example");
  expect(await uidHost(db)).toBe(await installationId(db));
});

test("one that has lessons goes on with the host that their entries have, whatever it is called later", async () => {
  const { db } = segue.ctx;
  await segue.connect(tutor, "zoom");
  await segue.book(tutor, student);
  const host = `${randomUUID()}.example`;
  await decideUidHost(db, host);
  await decideUidHost(db, "second.example");
  expect(await uidHost(db)).toBe(host);
});

test("two processes that start at once decide the same", async () => {
  const { db } = segue.ctx;
  const id = await installationId(db);
  await Promise.all(["one.example", "two.example"].map((host) => decideUidHost(db, host)));
  const host = await uidHost(db);
  expect([id, "one.example", "two.example"]).toContain(host);
  await decideUidHost(db, "three.example");
  expect(await uidHost(db)).toBe(host);
});
