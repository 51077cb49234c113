/**
 * Mailboxes are known by a keyed hash wherever what they said has to stay known. The key is the
 * installation's own and never changes, because a "no, never" would be forgotten with it: it is sealed with
 * the keys for tokens, and rotating those only seals it anew.
 */
import { randomBytes } from "node:crypto";
import { decrypt, encrypt, keyedHash, keyIdOf } from "#lib/platform/crypto.ts";
import { asService, type Trx } from "#lib/platform/db.ts";
import {
  replaceMailboxKey,
  sealedMailboxKey,
  storedMailboxKey,
} from "#lib/records/asking/queries/mailboxes.ts";
import type { Context } from "#lib/services/verb/context.ts";

const PLACE = "installation_keys/mailboxes";

type Keys = Pick<Context, "config">;

export async function hashOfMailbox(ctx: Keys, trx: Trx, mailbox: string): Promise<string> {
  const { tokenKeys } = ctx.config;
  const stored =
    (await storedMailboxKey(trx)) ??
    (await sealedMailboxKey(trx, encrypt(tokenKeys, randomBytes(32).toString("base64"), PLACE)));
  return keyedHash(Buffer.from(decrypt(tokenKeys, stored, PLACE), "base64"), mailbox);
}

/** Whether one of our keys opens it, or there is none yet. */
export async function isKeyAtHand(ctx: Keys, trx: Trx): Promise<boolean> {
  const stored = await storedMailboxKey(trx);
  return stored === undefined || ctx.config.tokenKeys.some(({ id }) => id === keyIdOf(stored));
}

/** Seals the key with the first of the keys for tokens. @returns how many keys there were to seal */
export async function resealMailboxKey(
  ctx: Pick<Context, "db" | "config">,
): Promise<{ resealed: number; unreadable: number }> {
  const { tokenKeys } = ctx.config;
  return asService(ctx.db, async (trx) => {
    if (!(await isKeyAtHand(ctx, trx))) return { resealed: 0, unreadable: 1 };
    const seen = await storedMailboxKey(trx);
    if (seen === undefined || keyIdOf(seen) === tokenKeys[0]?.id) {
      return { resealed: 0, unreadable: 0 };
    }
    const sealed = encrypt(tokenKeys, decrypt(tokenKeys, seen, PLACE), PLACE);
    return { resealed: (await replaceMailboxKey(trx, seen, sealed)) ? 1 : 0, unreadable: 0 };
  });
}
