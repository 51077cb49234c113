/**
 * Mailboxes are known by a keyed hash wherever what they said has to stay known. The key never changes, because a
 * "no, never" would be forgotten with it.
 */
import { keyedHash } from "#lib/platform/crypto.ts";
import type { Trx } from "#lib/platform/db.ts";
import { installationKey, isKeyAtHand } from "#lib/services/keys/installationKey.ts";
import type { Context } from "#lib/services/verb/context.ts";

type Keys = Pick<Context, "config">;

export const hashOfMailbox = async (ctx: Keys, trx: Trx, mailbox: string): Promise<string> =>
  (await mailboxHasher(ctx, trx))(mailbox);

/** For many of them: the key is read once. */
export async function mailboxHasher(ctx: Keys, trx: Trx): Promise<(mailbox: string) => string> {
  const key = await installationKey(ctx, trx, "mailboxes");
  return (mailbox) => keyedHash(key, mailbox);
}

/** Without it nobody knows which mailboxes said no. */
export const isMailboxKeyAtHand = (ctx: Keys, trx: Trx): Promise<boolean> =>
  isKeyAtHand(ctx, trx, "mailboxes");
