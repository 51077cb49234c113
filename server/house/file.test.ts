import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inWhole, someOf } from "#tests/harness/extent.ts";
import { openHouse, writeHouse } from "./file.ts";

const PASSPHRASE = "öffne dich, Sesam";
const MIGRATION = "20260101000000";
/** Random enough that it is several chunks long even when it is compressed. */
const lines = Array.from({ length: 12_000 }, (_, index) => `${index} ${Math.sin(index)} ü\u2028`);

let folder: string;
let file: string;
let whole: Buffer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "segue-house-file-"));
  file = join(folder, "house");
  await write(file);
  whole = readFileSync(file);
});
afterAll(() => rmSync(folder, { recursive: true }));

const write = (to: string, from: Iterable<string> = lines) =>
  writeHouse(to, { passphrase: PASSPHRASE, migration: MIGRATION }, async function* () {
    yield* from;
  });

async function read(from = file, passphrase = PASSPHRASE): Promise<string[]> {
  const all: string[] = [];
  for await (const line of (await openHouse(from)).lines(passphrase)) all.push(line);
  return all;
}

/** Puts these bytes into a file of their own. @returns what reading it says */
async function said(bytes: Uint8Array): Promise<string> {
  const changed = join(folder, "changed");
  writeFileSync(changed, bytes);
  return read(changed).then(
    () => "read",
    ({ message }: Error) => message.replace(changed, "FILE"),
  );
}

const headerLength = () => whole.indexOf("\n") + 1;
const ALTERED = "FILE was cut off or altered after it was exported. Take another copy of it.";
const NOT_OURS = "FILE isn't a file that Segue's export wrote, or its beginning was altered.";

test("what was written is read again, line by line, and says in the clear only what it is", async () => {
  expect(await read()).toEqual(lines);
  expect((await openHouse(file)).migration).toBe(MIGRATION);
  expect(JSON.parse(whole.toString("utf8", 0, headerLength()))).toEqual({
    segue: "house",
    format: 1,
    migration: MIGRATION,
    salt: expect.any(String),
    check: expect.any(String),
  });
  const again = join(folder, "again");
  await write(again);
  expect(readFileSync(again).subarray(headerLength())).not.toEqual(whole.subarray(headerLength()));
});

test("a file is its owner's alone from its first byte on, whatever the process allows otherwise", async () => {
  const mask = process.umask(0);
  const seen: number[] = [];
  const open = join(folder, "open");
  await writeHouse(open, { passphrase: PASSPHRASE, migration: MIGRATION }, async function* () {
    seen.push(statSync(open).mode & 0o777);
    yield "one";
  }).finally(() => process.umask(mask));
  expect([...seen, statSync(open).mode & 0o777]).toEqual([0o600, 0o600]);
});

test("no file is written over, and of an export that fails nothing is left", async () => {
  await expect(write(file)).rejects.toThrow(`${file} is there already.`);
  expect(readFileSync(file)).toEqual(whole);
  const broken = join(folder, "broken");
  const failing = writeHouse(
    broken,
    { passphrase: PASSPHRASE, migration: MIGRATION },
    async function* () {
      yield "one";
      throw new Error("The database went away");
    },
  );
  await expect(failing).rejects.toThrow("The database went away");
  expect(existsSync(broken)).toBe(false);
  await expect(write(join(folder, "not-there/house"))).rejects.toThrow(/can't be used \(ENOENT/);
});

test("a wrong passphrase is told from a damaged file", async () => {
  await expect(read(file, `${PASSPHRASE}.`)).rejects.toThrow(
    `This isn't the passphrase of ${file}, or its beginning was altered.`,
  );
});

test("a file that was cut off anywhere is refused", async () => {
  const chunk = 65_536 + 16;
  const at = headerLength();
  expect(whole.length).toBeGreaterThan(at + 2 * chunk);
  const cuts = [at, at + chunk, whole.length - 1, at + 1, at + 16, at + chunk - 1, at + 2 * chunk];
  for (const cut of someOf(cuts, 3))
    expect([cut, await said(whole.subarray(0, cut))]).toEqual([cut, ALTERED]);
  for (const cut of [0, 1, at - 1]) expect(await said(whole.subarray(0, cut))).toBe(NOT_OURS);
  const cut = join(folder, "cut");
  writeFileSync(cut, whole);
  truncateSync(cut, whole.length - 100);
  await expect(read(cut)).rejects.toThrow("was cut off or altered");
});

test("a bit that was flipped anywhere is noticed", async () => {
  const flipped = (at: number) => {
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes;
  };
  const at = headerLength();
  const places = [at, whole.length - 1, at + 65_536, at + 65_552, whole.length - 17];
  for (const place of someOf(places, 2)) {
    expect([place, await said(flipped(place))]).toEqual([place, ALTERED]);
  }
  for (let place = 0; place < at; place += inWhole(23, 97)) {
    expect(await said(flipped(place))).toMatch(/altered|newer Segue|isn't the passphrase/);
  }
  // The migration in the header is as safe as what is sealed.
  const renamed = whole.toString("latin1").replace(MIGRATION, "20260101000009");
  expect(await said(Buffer.from(renamed, "latin1"))).toBe(ALTERED);
});

test("chunks that were moved, left out or added are noticed", async () => {
  const at = headerLength();
  const chunk = (index: number) => whole.subarray(at + index * 65_552, at + (index + 1) * 65_552);
  const header = whole.subarray(0, at);
  const rest = whole.subarray(at + 2 * 65_552);
  for (const parts of [
    [header, chunk(1), chunk(0), rest],
    [header, chunk(1), rest],
    [header, chunk(0), chunk(0), chunk(1), rest],
    [whole, Buffer.from("more")],
  ]) {
    expect(await said(Buffer.concat(parts))).toBe(ALTERED);
  }
});

test("other files, and those of a newer format, are refused in one line each", async () => {
  expect(await said(Buffer.from("PK something else"))).toBe(NOT_OURS);
  expect(await said(Buffer.from('{"segue":"house","format":2,"other":1}\n…'))).toBe(
    "FILE was written by a newer Segue. Upgrade this one, then import it.",
  );
  await expect(read(join(folder, "nowhere"))).rejects.toThrow(/can't be used \(ENOENT/);
});
