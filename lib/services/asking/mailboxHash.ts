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
import type { Context } from "#lib/services/context.ts";

const PLACE = "installation_keys/mailboxes";

type Keys = Pick<Context, "config">;

export async function hashOfMailbox(ctx: Keys, trx: Trx, mailbox: string): Promise<string> {
  const { tokenKeys } = ctx.config;
  const stored =
    (await storedMailboxKey(trx)) ??
    (await sealedMailboxKey(trx, encrypt(tokenKeys, randomBytes(32).toString("base64"), PLACE)));
  return keyedHash(Buffer.from(decrypt(tokenKeys, stored, PLACE), "base64"), mailbox);
}

/** Seals the key with the first of the keys for tokens. @returns how many keys were sealed anew */
export async function resealMailboxKey(ctx: Pick<Context, "db" | "config">): Promise<number> {
  const { tokenKeys } = ctx.config;
  return asService(ctx.db, async (trx) => {
    const seen = await storedMailboxKey(trx);
    if (seen === undefined || keyIdOf(seen) === tokenKeys[0]?.id) return 0;
    const sealed = encrypt(tokenKeys, decrypt(tokenKeys, seen, PLACE), PLACE);
    return (await replaceMailboxKey(trx, seen, sealed)) ? 1 : 0;
  });
}
