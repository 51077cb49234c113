/**
 * Somebody whom tutors wrote down has an account: what hangs on the person without one hangs on the account from then on,
 * in one transaction. It needs an answer from the mailbox, never a sign-up alone.
 */
import type { Trx } from "#lib/platform/db.ts";
import type { Ask } from "#lib/records/asking/rules.ts";
import { joinLinkVersions } from "#lib/records/doors/queries.ts";
import { holderOf } from "#lib/records/people/queries/identity.ts";
import { lessonsOfStudent } from "#lib/records/sessions/queries.ts";
import { dropUnsigned, lockPlaces, takePlace } from "#lib/records/students/queries/places.ts";
import { unsignedAt } from "#lib/records/students/queries.ts";
import { mailLinksTo } from "#lib/services/telling/renewLinks.ts";
import type { Context } from "#lib/services/verb/context.ts";

/** The account's address was confirmed. Idempotent. */
export async function claimLessons(
  ctx: Context,
  trx: Trx,
  { personId, email }: { personId: string; email: string },
): Promise<void> {
  const holder = await holderOf(trx, email);
  if (holder?.id !== personId || holder.role !== "student") return;
  for (const from of await unsignedAt(trx, email)) {
    await becomeOne(ctx, trx, { from, to: personId, tutorId: null });
  }
}

/** The address that a tutor gave has said yes, and somebody who proved that it is theirs has an account. */
export async function claimAgreed(ctx: Context, trx: Trx, ask: Ask): Promise<void> {
  if (ask.kind !== "student" || ask.email === null) return;
  const holder = await holderOf(trx, ask.email);
  if (holder?.confirmed_at) await claimLessons(ctx, trx, { personId: holder.id, email: ask.email });
}

/**
 * @param tutorId whose lessons go over, where a tutor changes who their student is; null: everybody's
 */
export async function becomeOne(
  ctx: Context,
  trx: Trx,
  places: { from: string; to: string; tutorId: string | null },
): Promise<void> {
  const { from, to } = places;
  const now = ctx.clock();
  await lockPlaces(trx, places);
  const ended = await joinLinkVersions(trx, { from, to, now });
  await takePlace(trx, places);
  await dropUnsigned(trx, from);
  if (ended.length > 0) await mailLinksTo(ctx, trx, ended, await lessonsOfStudent(trx, to, now));
}
