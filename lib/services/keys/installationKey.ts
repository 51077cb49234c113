/**
 * Keys that are the installation's own and never change: what was made with them stays true for good. They are
 * sealed with the keys for tokens, and rotating those only seals them anew.
 */
import { randomBytes } from "node:crypto";
import { decrypt, encrypt, keyIdOf } from "#lib/platform/crypto.ts";
import { asService, type Trx } from "#lib/platform/db.ts";
import {
  type KeyName,
  keyNames,
  replaceKey,
  sealedKey,
  storedKey,
} from "#lib/records/installation/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";

type Keys = Pick<Context, "config">;

const opened = ({ config }: Keys, name: KeyName, stored: string): Buffer =>
  Buffer.from(decrypt(config.tokenKeys, stored, placeOfKey(name)), "base64");

export const placeOfKey = (name: KeyName) => `installation_keys/${name}`;

/** Made where there is none yet. @throws when none of the keys for tokens opens it */
export async function installationKey(ctx: Keys, trx: Trx, name: KeyName): Promise<Buffer> {
  const { tokenKeys } = ctx.config;
  const place = placeOfKey(name);
  const stored =
    (await storedKey(trx, name)) ??
    (await sealedKey(trx, name, encrypt(tokenKeys, randomBytes(32).toString("base64"), place)));
  return opened(ctx, name, stored);
}

/** Null where none was made yet. @throws when none of the keys for tokens opens it */
export async function existingKey(ctx: Keys, trx: Trx, name: KeyName): Promise<Buffer | null> {
  const stored = await storedKey(trx, name);
  return stored === undefined ? null : opened(ctx, name, stored);
}

/** Whether one of our keys opens it, or there is none yet. */
export async function isKeyAtHand(ctx: Keys, trx: Trx, name: KeyName): Promise<boolean> {
  const stored = await storedKey(trx, name);
  if (stored === undefined) return true;
  try {
    // Another key may have the same name, as after a restore beside a new configuration.
    opened(ctx, name, stored);
    return true;
  } catch {
    return false;
  }
}

/** Seals them with the first of the keys for tokens. Idempotent. @returns how many it sealed, and couldn't open */
export async function resealInstallationKeys(
  ctx: Pick<Context, "db" | "config">,
): Promise<{ resealed: number; unreadable: number }> {
  const total = { resealed: 0, unreadable: 0 };
  for (const name of keyNames) {
    const outcome = await asService(ctx.db, (trx) => reseal(ctx, trx, name));
    if (outcome !== "left") total[outcome] += 1;
  }
  return total;
}

async function reseal(
  ctx: Keys,
  trx: Trx,
  name: KeyName,
): Promise<"resealed" | "unreadable" | "left"> {
  const { tokenKeys } = ctx.config;
  const seen = await storedKey(trx, name);
  if (seen === undefined || keyIdOf(seen) === tokenKeys[0]?.id) return "left";
  if (!(await isKeyAtHand(ctx, trx, name))) return "unreadable";
  const place = placeOfKey(name);
  const sealed = encrypt(tokenKeys, decrypt(tokenKeys, seen, place), place);
  return (await replaceKey(trx, name, { seen, sealed })) ? "resealed" : "left";
}
