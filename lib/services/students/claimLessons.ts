/**
 * Somebody whom tutors wrote down has an account: what hangs on the person without one hangs on the account from then on,
 * in one transaction. It needs an answer from the mailbox, never a sign-up alone.
 */
import type { Trx } from "#lib/platform/db.ts";
import { currentAsk, lockAsker, updateAsk } from "#lib/records/asking/queries/asks.ts";
import { type Ask, type AskOf, forgotten } from "#lib/records/asking/rules.ts";
import { joinLinkVersions, raiseLinkVersion } from "#lib/records/doors/queries.ts";
import { holderOf } from "#lib/records/people/queries/identity.ts";
import { setConfirmed } from "#lib/records/people/queries.ts";
import { lessonsOfStudent } from "#lib/records/sessions/queries.ts";
import { type Places, takePlace } from "#lib/records/students/queries/places.ts";
import { unsignedAsks } from "#lib/records/students/queries.ts";
import { endAsk } from "#lib/services/asking/ask.ts";
import { refusing, standingsNow } from "#lib/services/asking/standing.ts";
import { mailLinksTo } from "#lib/services/telling/renewLinks.ts";
import type { Context } from "#lib/services/verb/context.ts";

interface Owner {
  personId: string;
  email: string;
}

/**
 * The account's mailbox has answered: the address is its owner's, and so are the lessons of tutors who wrote it down, but of
 * those whom it told never to write. The one way in which an address becomes confirmed. Idempotent.
 * @returns whether for the first time
 */
export async function addressProved(ctx: Context, trx: Trx, owner: Owner): Promise<boolean> {
  const isFirst = await setConfirmed(trx, owner.personId, ctx.clock());
  const holder = await holderOf(trx, owner.email);
  if (holder?.id !== owner.personId || holder.role !== "student") return isFirst;
  const asks = () => unsignedAsks(trx, owner.email);
  // Whoever adds or changes such a student takes this first, too.
  for (const askerId of new Set((await asks()).map((ask) => ask.asker_id))) {
    await lockAsker(trx, askerId);
  }
  const open = await asks();
  const isRefused = await refusing(ctx, trx, open);
  for (const ask of open.filter((one) => !isRefused(one))) await becomeOne(ctx, trx, ask, owner);
  return isFirst;
}

/**
 * The address that a tutor gave has said yes to them. Call it under the asker's lock.
 * @returns whose lessons they are from then on
 */
export async function claimAgreed(ctx: Context, trx: Trx, of: AskOf & { email: string }) {
  const { kind, askerId, studentId, email } = of;
  if (kind !== "student" || studentId === null) return studentId;
  const holder = await holderOf(trx, email);
  const isTheirs = holder?.confirmed_at && holder.role === "student";
  const ask = (await unsignedAsks(trx, email)).find(
    (one) => one.asker_id === askerId && one.student_id === studentId,
  );
  if (!isTheirs || !ask) return studentId;
  await becomeOne(ctx, trx, ask, { personId: holder.id, email });
  return holder.id;
}

async function becomeOne(
  ctx: Context,
  trx: Trx,
  { asker_id: tutorId, student_id: from }: Ask,
  { personId: to }: Owner,
): Promise<void> {
  if (from === null) return;
  const now = ctx.clock();
  const hasOtherGuardian = await endOtherAsks(ctx, trx, { tutorId, from, to });
  const isRenewed = await joinLinkVersions(trx, { from, to, now });
  const { hasEndedLinks } = await takePlace(trx, { tutorId, from, to });
  const lessons = await lessonsOfStudent(trx, to, now);
  if (isRenewed) await mailLinksTo(ctx, trx, ["student"], lessons);
  if (hasOtherGuardian) {
    await raiseLinkVersion(trx, { personId: to, tutorId, slot: "tutors_guardian" }, now);
  }
  if (!hasOtherGuardian && !hasEndedLinks) return;
  const own = lessons.filter((lesson) => lesson.tutor_id === tutorId);
  await mailLinksTo(ctx, trx, ["tutors_guardian"], own);
}

/**
 * One ask of a kind stands at a time. Of two guardians of the tutor's it is the one's who has agreed, or else was given last.
 * @returns whether there were two guardians
 */
async function endOtherAsks(
  ctx: Context,
  trx: Trx,
  { tutorId: askerId, from, to }: Places,
): Promise<boolean> {
  // Mails that wait by it go out all the same: their reader has an account.
  const claimed = await currentAsk(trx, { askerId, kind: "student", studentId: to });
  if (claimed) await updateAsk(trx, claimed.id, { ended_at: ctx.clock(), ...forgotten });
  const kind = "tutors_guardian";
  const given = await currentAsk(trx, { askerId, kind, studentId: from });
  const known = await currentAsk(trx, { askerId, kind, studentId: to });
  if (!given || !known) return false;
  const stands = await standingsNow(ctx, trx, [given, known]);
  const staysGiven =
    stands(given) === stands(known) ? given.tried_at >= known.tried_at : stands(given) === "agreed";
  await endAsk(ctx, trx, staysGiven ? known : given);
  return true;
}
