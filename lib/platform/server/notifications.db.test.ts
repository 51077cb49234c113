import { expect, test } from "vitest";
import { ownDatabase } from "#tests/harness/databases/database.ts";
import { hearsNotifications } from "./notifications.ts";

const database = ownDatabase();

test("a database without a pooler in between hears its notifications, time and again", async () => {
  expect(await hearsNotifications(database)).toBe(true);
  expect(await hearsNotifications(database)).toBe(true);
});
