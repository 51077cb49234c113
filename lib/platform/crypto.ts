/**
 * Encrypts provider tokens with AES-256-GCM. The envelope holds the key's id, so that keys can rotate.
 * Additional data binds a ciphertext to its place: copied to another place, it can't be decrypted.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import * as library from "better-auth/crypto";
import type { EncryptionKey } from "./config.ts";

const VERSION = "v1";

/** @returns `v1.<key id>.<iv>.<tag>.<ciphertext>`, each part base64url */
export function encrypt(keys: EncryptionKey[], plain: string, boundTo: string): string {
  const key = keys[0];
  if (!key) throw new Error("There is no encryption key");
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key.secret, iv).setAAD(Buffer.from(boundTo));
  const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  const parts = [iv, cipher.getAuthTag(), sealed].map((part) => part.toString("base64url"));
  return [VERSION, key.id, ...parts].join(".");
}

/** @throws Error when the envelope is damaged, its key is unknown, or it was made for another place */
export function decrypt(keys: EncryptionKey[], envelope: string, boundTo: string): string {
  const [version, keyId, ...parts] = envelope.split(".");
  const [iv, tag, sealed] = parts.map((part) => Buffer.from(part, "base64url"));
  if (version !== VERSION || !iv || !tag || !sealed) throw new Error("Not a sealed token");
  const key = keys.find(({ id }) => id === keyId);
  if (!key) throw new Error(`The encryption key "${keyId}" is not configured`);
  const decipher = createDecipheriv("aes-256-gcm", key.secret, iv, { authTagLength: 16 })
    .setAAD(Buffer.from(boundTo))
    .setAuthTag(tag);
  return Buffer.concat([decipher.update(sealed), decipher.final()]).toString("utf8");
}

/** The id of the key that decrypts the envelope. */
export const keyIdOf = (envelope: string): string | undefined => envelope.split(".")[1];

export const sha256 = (text: string): string =>
  createHash("sha256").update(text).digest("base64url");

/** Without the key nobody can tell which text it is of, not even by trying all mail addresses there are. */
export const keyedHash = (key: string | Buffer, text: string): string =>
  createHmac("sha256", key).update(text).digest("base64url");

/** Can't be guessed: 32 bytes, as 43 characters that are safe in a URL. */
export const randomToken = (): string => randomBytes(32).toString("base64url");

/**
 * Can't be guessed either: 32 bytes, as 52 lower-case letters and digits. For links in mails, which some
 * programs change to lower case, and people read out.
 */
export const randomLetters = (): string => lettersOf(randomBytes(32));

/** What `randomLetters` made, in whatever case it comes back and whatever punctuation sticks to it. */
export const lettersIn = (text: string): string | null =>
  /^[a-z2-7]{52}(?![a-z2-7])/.exec(text.toLowerCase())?.[0] ?? null;

const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
const BITS = 5;

/** As lower-case letters and digits (base32, RFC 4648), five bits each; the last one is filled up with zeros. */
export function lettersOf(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => LETTERS[Number.parseInt(five.padEnd(BITS, "0"), 2)])
    .join("");
}

/** The whole bytes that the letters hold. What fills up the last letter is left out. */
export function bytesOf(letters: string): Buffer {
  const bits = [...letters]
    .map((letter) => LETTERS.indexOf(letter).toString(2).padStart(BITS, "0"))
    .join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** HMAC-SHA256 as letters, cut off behind so many of them. */
export const keyedLetters = (key: Buffer, text: string, count: number): string =>
  lettersOf(createHmac("sha256", key).update(text).digest()).slice(0, count);

/** Compares a secret with what somebody shows, in a time that tells nothing about where the two differ. */
export function isSame(shown: string, expected: string): boolean {
  const [one, other] = [Buffer.from(shown), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Passwords are kept as sign-in's library keeps them (scrypt with a salt), so that both read the same. */
export const hashPassword = (password: string): Promise<string> => library.hashPassword(password);

export const verifyPassword = (password: string, hash: string): Promise<boolean> =>
  library.verifyPassword({ password, hash });
