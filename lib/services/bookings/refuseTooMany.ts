/** Keeps a student's requests from becoming a flood in a tutor's mailbox. Lessons agreed on don't count. */
import { addSeconds } from "#lib/platform/clock.ts";
import type { Trx } from "#lib/platform/db.ts";
import { fruitlessOf, unansweredOf } from "#lib/records/bookings/queries/limited.ts";
import { lockUses } from "#lib/records/limits/queries.ts";
import { bookingLimits } from "#lib/records/limits/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { tooMany } from "#lib/services/verb/errors.ts";

/** Lets one request of a student through at a time, so that of many at once none is overlooked. */
export const lockRequests = (trx: Trx, studentId: string): Promise<void> =>
  lockUses(trx, { rule: "bookings", whose: studentId });

/**
 * Call it under the lock, in the transaction that writes the request.
 * @throws Refusal `too_many`
 */
export async function refuseTooMany(
  ctx: Context,
  trx: Trx,
  ids: { studentId: string; tutorId: string },
): Promise<void> {
  const { unanswered, fruitless } = bookingLimits;
  const now = ctx.clock();
  const open = await unansweredOf(trx, { ...ids, now });
  const since = addSeconds(now, -fruitless.seconds);
  const vain = await fruitlessOf(trx, { ...ids, since, seconds: fruitless.seconds });
  const words = [
    [open, unanswered, "bookingsToTutor", "bookings"],
    [vain, fruitless, "fruitlessToTutor", "fruitless"],
  ] as const;
  for (const [asked, most, ofPair, ofPerson] of words) {
    if (asked.pair >= most.pair) throw refusal(ofPair, most.pair, asked.pairUntil);
    if (asked.person >= most.person) throw refusal(ofPerson, most.person, asked.personUntil);
  }

  function refusal(what: Parameters<typeof tooMany>[0], most: number, until: Date | null) {
    const seconds = until ? Math.ceil((until.getTime() - now.getTime()) / 1000) : 1;
    return tooMany(what, seconds, { most });
  }
}
