/** What a failed call about a meeting that exists does to its row. */
import type { Updateable } from "kysely";
import { addMinutes, latest } from "#lib/platform/clock.ts";
import type { Meetings } from "#lib/platform/database.types.ts";
import { asService } from "#lib/platform/db.ts";
import type { ProviderError } from "#lib/providers/errors.ts";
import { answerMeeting } from "#lib/records/meetings/queries.ts";
import type { GrantSession } from "#lib/services/calls/grantSession.ts";
import { handleGrantError } from "#lib/services/calls/handleGrantError.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { backoffAfter } from "./backoffAfter.ts";
import type { Claim } from "./claim.ts";

/** People may be inside; asked again when they may have left. */
const IN_PROGRESS_MINUTES = 15;

/** `change` is what else is known by now; a later date in it stands. */
export async function recordFailedCall(
  ctx: Context,
  { row }: Claim,
  grantSession: GrantSession,
  error: ProviderError,
  { notBefore, ...change }: Updateable<Meetings> & { notBefore?: Date } = {},
): Promise<void> {
  const now = ctx.clock();
  const backoff = backoffAfter(ctx, row, error);
  const again =
    error.code === "in_progress"
      ? addMinutes(now, IN_PROGRESS_MINUTES)
      : latest(error.retryAt ?? backoff, backoff, notBefore ?? backoff);
  await asService(ctx.db, (trx) =>
    answerMeeting(trx, row, { ...change, next_attempt_at: again, ...words(error) }, now),
  );
  await handleGrantError(ctx, grantSession, error, { isNew: row.error_code !== error.code });
  ctx.log.warn(
    { tutorId: row.tutor_id, meetingId: row.id, code: error.code, detail: error.message },
    "A meeting could not be changed at the provider; tried again later",
  );
}

export const words = (error: ProviderError) => ({
  error_code: error.code,
  error_detail: error.said,
});
