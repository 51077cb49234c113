import type { Trx } from "#lib/platform/db.ts";
import { ownGuardian } from "#lib/records/asking/rules.ts";
import { deleteFeed } from "#lib/records/calendarFeeds/queries.ts";
import { askInstead } from "#lib/services/asking/ask.ts";
import type { Context } from "#lib/services/verb/context.ts";

/**
 * Ends what opens an account's data beside sign-ins: the calendar feed; and, when the mailbox answers for the
 * first time, the guardian whom somebody without that mailbox gave. A new password does the rest in the
 * database.
 */
export async function endCredentials(
  ctx: Context,
  trx: Trx,
  personId: string,
  { isFirstProof }: { isFirstProof: boolean },
): Promise<void> {
  await deleteFeed(trx, personId);
  if (isFirstProof) await askInstead(ctx, trx, { ...ownGuardian(personId), email: null });
}
