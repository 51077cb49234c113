/** Access tokens that are refused although they were refreshed just now. */
import { asService } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import { noteAccessRefused } from "#lib/records/grants/queries/refresh.ts";
import { grantById } from "#lib/records/grants/queries.ts";
import { areRefusedForGood } from "#lib/records/grants/rules.ts";
import { recordDeadGrant } from "#lib/services/calls/refreshGrant.ts";
import type { Context } from "#lib/services/verb/context.ts";

/**
 * Notes what one room's check says of its grant. No refresh cures such a refusal, so one that is still there an hour
 * later ends the grant, and its tutor is told; otherwise it would go on as connected for ever. An answer that says
 * nothing of tokens, such as a provider that is down, changes nothing.
 */
export async function noteRefusedTokens(
  ctx: Context,
  grantId: string,
  answer: unknown,
): Promise<void> {
  const isRefused = answer instanceof ProviderError && answer.accessTokenRefused;
  if (answer instanceof ProviderError && !isRefused) return;
  const grant = await asService(ctx.db, (trx) => grantById(trx, grantId));
  if (!grant) return;
  const { access_refused_since: since } = grant;
  const now = ctx.clock();
  if (isRefused && areRefusedForGood(grant, now)) await recordDeadGrant(ctx, grant, answer);
  else if (isRefused === (since === null)) {
    await asService(ctx.db, (trx) => noteAccessRefused(trx, grantId, isRefused ? now : null));
  }
}
