import { expect, test } from "vitest";
import { rotateKeys } from "#lib/services/calls/rotateKeys.ts";
import { scene } from "#tests/harness/scene.ts";
import { settingsApart, tellSettings } from "./canary.ts";

const { segue } = scene();
const house = (changes: Partial<typeof segue.ctx.config> = {}) => ({
  ...segue.ctx,
  config: { ...segue.ctx.config, ...changes },
});
const key = (id: string, byte: number) => ({ id, secret: Buffer.alloc(32, byte) });

test("before any web process has started there is nothing to compare with", async () => {
  expect(await settingsApart(house())).toBeNull();
});

test("what differs from the web process that started last is named, and never shown", async () => {
  await tellSettings(house());
  expect(await settingsApart(house())).toBeNull();
  const { zoom } = segue.ctx.config;
  const other = house({
    appUrl: "https://other.example",
    zoom: { ...zoom, credentials: null },
    undoWindowMinutes: 1,
  });
  expect(await settingsApart(other)).toEqual({
    names: ["APP_URL", "ZOOM_CLIENT_ID", "ZOOM_CLIENT_SECRET", "UNDO_WINDOW_MINUTES"],
    since: segue.ctx.clock(),
  });
  await tellSettings(other);
  expect(await settingsApart(other)).toBeNull();
  expect((await settingsApart(house()))?.names).toContain("APP_URL");
  const [stored] = await segue.rows("select sealed from private.canary");
  expect(stored?.sealed).not.toMatch(/other\.example|APP_URL/);
});

test("keys that open nothing are refused in one line, and those that were rotated open it", async () => {
  const [old, fresh] = [key("old", 1), key("fresh", 2)];
  await tellSettings(house({ tokenKeys: [old] }));
  await expect(settingsApart(house({ tokenKeys: [fresh] }))).rejects.toThrow(
    /^TOKEN_ENCRYPTION_KEYS: none of these keys opens [^\n]+$/,
  );
  await expect(settingsApart(house({ tokenKeys: [key("old", 3)] }))).rejects.toThrow(
    /^TOKEN_ENCRYPTION_KEYS/,
  );
  await rotateKeys(house({ tokenKeys: [fresh, old] }));
  expect(await settingsApart(house({ tokenKeys: [fresh] }))).toBeNull();
});
