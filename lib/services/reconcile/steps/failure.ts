/** What a failed call does to its row, and what it says of the grant. */
import type { Updateable } from "kysely";
import { addMinutes, latest } from "#lib/platform/clock.ts";
import type { Meetings } from "#lib/platform/database.types.ts";
import { asService, type Trx } from "#lib/platform/db.ts";
import type { ProviderError } from "#lib/providers/errors.ts";
import { answerMeeting } from "#lib/records/meetings/queries.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import type { GrantSession } from "#lib/services/calls/grantSession.ts";
import { handleGrantError } from "#lib/services/calls/handleGrantError.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { backoffAfter } from "./backoff.ts";
import type { Claim } from "./claim.ts";

/** People may be inside; asked again when they may have left. */
const IN_PROGRESS_MINUTES = 15;

export const words = ({ code, said }: ProviderError) => ({ error_code: code, error_detail: said });

export interface Consequences {
  /** What happens to the row beside the words. */
  change: Updateable<Meetings>;
  /** In the same transaction, where the row still belongs to this attempt. */
  alongside?: () => Promise<unknown>;
}

/**
 * Records a call that failed and leaves something to do, or ends a create: its words and what follows from them on the row,
 * and then what becomes of the grant. What follows is asked under the tutor's lock, because the lesson may have changed
 * while the call was under way.
 */
export async function writeFailure(
  ctx: Context,
  { row }: Claim,
  grantSession: GrantSession,
  error: ProviderError,
  follows: (trx: Trx, now: Date) => Consequences | Promise<Consequences>,
): Promise<void> {
  await asService(ctx.db, async (trx) => {
    await lockTutor(trx, row.tutor_id);
    const now = ctx.clock();
    const { change, alongside } = await follows(trx, now);
    const isOurs = await answerMeeting(trx, row, { ...words(error), ...change }, now);
    if (isOurs) await alongside?.();
  });
  await handleGrantError(ctx, grantSession, error, { isNew: row.error_code !== error.code });
}

/** The call was about a meeting that exists, and is made again later. A later date in `change` stands. */
export async function recordFailedCall(
  ctx: Context,
  claim: Claim,
  grantSession: GrantSession,
  error: ProviderError,
  { notBefore, ...change }: Updateable<Meetings> & { notBefore?: Date } = {},
): Promise<void> {
  const { row } = claim;
  const backoff = backoffAfter(ctx, row, error);
  await writeFailure(ctx, claim, grantSession, error, (_trx, now) => ({
    change: {
      ...change,
      next_attempt_at:
        error.code === "in_progress"
          ? addMinutes(now, IN_PROGRESS_MINUTES)
          : latest(error.retryAt ?? backoff, backoff, notBefore ?? backoff),
    },
  }));
  ctx.log.warn(
    { tutorId: row.tutor_id, meetingId: row.id, code: error.code, detail: error.message },
    "A meeting could not be changed at the provider; tried again later",
  );
}
