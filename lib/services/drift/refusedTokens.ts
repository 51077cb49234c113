/** Access tokens that are refused although they were refreshed just now. */
import { addMinutes } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import { grantById } from "#lib/records/grants/queries.ts";
import { changeIdleMeeting } from "#lib/records/meetings/queries.ts";
import type { Meeting } from "#lib/records/meetings/rules.ts";
import { recordDeadGrant } from "#lib/services/calls/refreshGrant.ts";
import type { Context } from "#lib/services/verb/context.ts";

/** As patient as with refreshes that are refused. */
const LASTING_MINUTES = 60;

/**
 * Notes what one room's check says of its grant. No refresh cures such a refusal, so one that is still there an hour
 * later ends the grant, and its tutor is told; otherwise it would go on as connected for ever.
 */
export async function noteRefusedTokens(
  ctx: Context,
  { id, grant_id: grantId, refused_since: since }: Meeting,
  answer: unknown,
): Promise<void> {
  const now = ctx.clock();
  const note = (refused_since: Date | null) =>
    asService(ctx.db, (trx) => changeIdleMeeting(trx, id, ["live"], { refused_since }, now));
  if (!(answer instanceof ProviderError)) {
    if (since !== null) await note(null);
  } else if (answer.accessTokenRefused) {
    if (since === null) await note(now);
    else if (now >= addMinutes(since, LASTING_MINUTES)) {
      const grant = await asService(ctx.db, (trx) => grantById(trx, grantId ?? ""));
      if (grant) await recordDeadGrant(ctx, grant, answer);
    }
  }
}
