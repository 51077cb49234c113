import { expect, inject, test } from "vitest";
import { ownDatabase } from "#tests/harness/databases/database.ts";
import { hearsNotifications } from "./notifications.ts";

const database = ownDatabase();

test("only behind a pooler that keeps connections for a transaction are notifications not heard", async () => {
  const isHeard = inject("poolMode") !== "transaction";
  expect(await hearsNotifications(database)).toBe(isHeard);
  expect(await hearsNotifications(database)).toBe(isHeard);
});
