/**
 * Seals a stream under a passphrase, in chunks of AES-256-GCM. A chunk's nonce is its number and whether it is the last,
 * so that none can be left out, moved, repeated or cut off unnoticed, and nothing is handed on before it was checked.
 * Every chunk is also bound to the header, which stands in the clear before them.
 */
import { createCipheriv, createDecipheriv, scrypt } from "node:crypto";

const CHUNK = 65_536;
const TAG = 16;
/** A hundred and twenty-eight megabytes for each guess. Part of the format: another cost is another version. */
const COST = { N: 131_072, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };

/** What a passphrase amounts to for one file. */
export interface FileKey {
  secret: Buffer;
  /** Stands in the header, so that a wrong passphrase can be told from an altered file. It says nothing about `secret`. */
  check: Buffer;
}

/** @param salt random, and for one file alone: the nonces repeat from file to file */
export async function deriveKey(passphrase: string, salt: Buffer): Promise<FileKey> {
  const derived = await new Promise<Buffer>((resolve, reject) =>
    scrypt(passphrase.normalize("NFC"), salt, 48, COST, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  );
  return { secret: derived.subarray(0, 32), check: derived.subarray(32) };
}

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(number, 4, 6);
  nonce.writeUInt8(isLast ? 1 : 0, 11);
  return nonce;
}

function sealed(key: FileKey, header: Buffer, nonce: Buffer, plain: Buffer): Buffer {
  const cipher = createCipheriv("aes-256-gcm", key.secret, nonce).setAAD(header);
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

export class Altered extends Error {
  override readonly name = "Altered";
}

function opened(key: FileKey, header: Buffer, nonce: Buffer, chunk: Buffer): Buffer {
  try {
    const decipher = createDecipheriv("aes-256-gcm", key.secret, nonce, { authTagLength: TAG })
      .setAAD(header)
      .setAuthTag(chunk.subarray(-TAG));
    return Buffer.concat([decipher.update(chunk.subarray(0, -TAG)), decipher.final()]);
  } catch (error) {
    throw new Altered("A chunk was cut off or altered", { cause: error });
  }
}

interface Piece {
  bytes: Buffer;
  number: number;
  isLast: boolean;
}

/** Cuts into pieces of one size; only the last may be shorter. */
async function* pieces(source: AsyncIterable<Buffer>, size: number): AsyncGenerator<Piece> {
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  for await (const part of source) {
    rest = Buffer.concat([rest, part]);
    // A full piece is kept back until more has come, because it may be the last.
    while (rest.length > size) {
      yield { bytes: rest.subarray(0, size), number, isLast: false };
      rest = rest.subarray(size);
      number += 1;
    }
  }
  yield { bytes: rest, number, isLast: true };
}

export async function* seal(
  key: FileKey,
  header: Buffer,
  plain: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  for await (const { bytes, number, isLast } of pieces(plain, CHUNK)) {
    yield sealed(key, header, nonceOf(number, isLast), bytes);
  }
}

/** @throws Altered before anything is handed on that isn't as it was sealed, and where the end is missing */
export async function* unseal(
  key: FileKey,
  header: Buffer,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  for await (const { bytes, number, isLast } of pieces(chunks, CHUNK + TAG)) {
    yield opened(key, header, nonceOf(number, isLast), bytes);
  }
}
