/**
 * The file that a house is moved in: one line in the clear, then lines of text, compressed and sealed. It is for its
 * owner alone from the moment on when it is made.
 */
import { randomBytes, timingSafeEqual } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { z } from "zod";
import { codeOf, reasonOf } from "#lib/platform/reason.ts";
import { CannotMove } from "./refusal.ts";
import { Altered, deriveKey, seal, unseal } from "./seal.ts";

const FORMAT = 1;
/** The first line is far shorter. */
const LONGEST_HEADER = 1_000;

const anyHeader = z.object({ segue: z.literal("house"), format: z.number() });
const header = anyHeader.extend({
  /** The newest migration of the database that it was made from. */
  migration: z.string().regex(/^\d+$/),
  salt: z.base64url(),
  check: z.base64url(),
});

const place = (file: string, error: unknown): CannotMove =>
  new CannotMove(
    codeOf(error) === "EEXIST"
      ? `${file} is there already. Name another file, or move that one away.`
      : `${file} can't be used (${reasonOf(error)}).`,
    { cause: error },
  );

/**
 * Where writing fails, nothing of the file is left.
 * @throws CannotMove where there is such a file already
 */
export async function writeHouse(
  file: string,
  { passphrase, migration }: { passphrase: string; migration: string },
  lines: () => AsyncIterable<string>,
): Promise<void> {
  const salt = randomBytes(16);
  const key = await deriveKey(passphrase, salt);
  const first = Buffer.from(
    `${JSON.stringify({
      segue: "house",
      format: FORMAT,
      migration,
      salt: salt.toString("base64url"),
      check: key.check.toString("base64url"),
    } satisfies z.infer<typeof header>)}\n`,
  );
  const handle = await open(file, "wx", 0o600).catch((error: unknown) => {
    throw place(file, error);
  });
  const plain = createGzip();
  // Its failure reaches whoever reads `plain`.
  const flowing = pipeline(Readable.from(ended(lines())), plain).catch(() => undefined);
  try {
    await append(handle, file, first);
    for await (const chunk of seal(key, first, plain)) await append(handle, file, chunk);
    await handle.sync();
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    plain.destroy();
    await flowing;
    await handle.close();
  }
}

const append = (handle: FileHandle, file: string, bytes: Buffer): Promise<void> =>
  handle.appendFile(bytes).catch((error: unknown) => {
    throw place(file, error);
  });

async function* ended(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

/** What can be read before the passphrase is known. */
export interface Sealed {
  migration: string;
  /**
   * The lines, each checked before it is handed on; but only the end proves that none is missing.
   * @throws CannotMove where the passphrase is wrong, or the file isn't as it was written
   */
  lines(passphrase: string): AsyncGenerator<string>;
}

/** @throws CannotMove where it can't be read, or is none of ours */
export async function openHouse(file: string): Promise<Sealed> {
  const first = await firstLine(file);
  const { data } = header.safeParse(fromJson(first));
  if (!data || data.format !== FORMAT) throw new CannotMove(strangeness(file, first));
  return {
    migration: data.migration,
    lines: (passphrase) => linesIn(file, first, data, passphrase),
  };
}

function strangeness(file: string, first: Buffer): string {
  const { data } = anyHeader.safeParse(fromJson(first));
  return data && data.format > FORMAT
    ? `${file} was written by a newer Segue. Upgrade this one, then import it.`
    : `${file} isn't a file that Segue's export wrote, or its beginning was altered.`;
}

/** With its line break; all that there is where it has none. */
async function firstLine(file: string): Promise<Buffer> {
  try {
    const handle = await open(file, "r");
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(LONGEST_HEADER));
      const read = buffer.subarray(0, bytesRead);
      return read.subarray(0, read.indexOf("\n") + 1);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw place(file, error);
  }
}

async function* linesIn(
  file: string,
  first: Buffer,
  { salt, check }: z.infer<typeof header>,
  passphrase: string,
): AsyncGenerator<string> {
  const key = await deriveKey(passphrase, Buffer.from(salt, "base64url"));
  const expected = Buffer.from(check, "base64url");
  if (expected.length !== key.check.length || !timingSafeEqual(expected, key.check)) {
    throw new CannotMove(`This isn't the passphrase of ${file}, or its beginning was altered.`);
  }
  const sealed = createReadStream(file, { start: first.length });
  const plain = createGunzip();
  // Its failure reaches whoever reads `plain`.
  const flowing = pipeline(Readable.from(unseal(key, first, sealed)), plain).catch(() => undefined);
  try {
    yield* splitInLines(plain);
  } catch (error) {
    if (!(error instanceof Altered)) throw error;
    throw new CannotMove(
      `${file} was cut off or altered after it was exported. Take another copy of it.`,
      { cause: error },
    );
  } finally {
    plain.destroy();
    await flowing;
  }
}

async function* splitInLines(plain: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  for await (const bytes of plain) {
    const [first = "", ...more] = decoder.decode(bytes, { stream: true }).split("\n");
    parts.push(first);
    for (const next of more) {
      yield parts.join("");
      parts = [next];
    }
  }
}

function fromJson(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString());
  } catch {
    return undefined;
  }
}
