import { expect, test } from "vitest";
import type { Db } from "#lib/platform/db.ts";
import { ownDatabase } from "#tests/harness/databases/database.ts";
import { installationId } from "./queries.ts";

const database = ownDatabase();

test("a connection that is cut while the id is read is forgotten, not the id's answer for ever", async () => {
  let isCut = true;
  const db: Db = new Proxy(database.db, {
    get(target, name) {
      if (isCut && name === "transaction") throw new Error("cut");
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  await expect(installationId(db)).rejects.toThrow("cut");
  isCut = false;
  const id = await installationId(db);
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(await installationId(db)).toBe(id);
});
