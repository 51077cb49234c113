import { expect, test } from "vitest";
import { decrypt, encrypt, sha256 } from "./crypto.ts";

const key = (id: string, fill: number) => ({ id, secret: Buffer.alloc(32, fill) });
const keys = [key("k1", 1)];
const token = "ya29.ünïcode-token";

test("what was encrypted opens in its own place, and looks different each time", () => {
  const sealed = encrypt(keys, token, "grant-1/access");
  expect(decrypt(keys, sealed, "grant-1/access")).toBe(token);
  expect(encrypt(keys, token, "grant-1/access")).not.toBe(sealed);
  expect(sealed).not.toContain("token");
});

test("it opens in no other place", () => {
  const sealed = encrypt(keys, token, "grant-1/access");
  for (const place of ["grant-2/access", "grant-1/refresh", ""]) {
    expect(() => decrypt(keys, sealed, place)).toThrow();
  }
});

test("a changed envelope doesn't open", () => {
  const parts = encrypt(keys, token, "place").split(".");
  for (const index of [2, 3, 4]) {
    const part = Buffer.from(parts[index] ?? "", "base64url");
    part[0] = (part[0] ?? 0) ^ 1;
    const changed = parts.with(index, part.toString("base64url")).join(".");
    expect(() => decrypt(keys, changed, "place")).toThrow();
  }
  const shortTag = parts.with(3, (parts[3] ?? "").slice(0, 6)).join(".");
  expect(() => decrypt(keys, shortTag, "place")).toThrow();
  for (const nonsense of ["", "token", "v2.k1.a.b.c", "v1.k1.a.b"]) {
    expect(() => decrypt(keys, nonsense, "place")).toThrow("Not a sealed token");
  }
});

test("older keys still open, the first one seals", () => {
  const old = encrypt(keys, token, "place");
  const rotated = [key("k2", 2), ...keys];
  expect(decrypt(rotated, old, "place")).toBe(token);
  const fresh = encrypt(rotated, token, "place");
  expect(fresh).toMatch(/^v1\.k2\./);
  expect(() => decrypt(keys, fresh, "place")).toThrow('The encryption key "k2" is not configured');
  expect(() => decrypt([key("k1", 9)], old, "place")).toThrow();
  expect(() => encrypt([], token, "place")).toThrow("There is no encryption key");
});

test("a hash is one for an address", () => {
  expect(sha256("state")).toMatch(/^[\w-]{43}$/);
  expect(sha256("state")).not.toBe(sha256("State"));
});
