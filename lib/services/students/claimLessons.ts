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

interface Proved extends Owner {
  /** Whether the account had another address until now. */
  isNewAddress?: boolean;
}

/**
 * The account's mailbox has answered: the address is its owner's, and so are the lessons of tutors who wrote it down, but of
 * those whom it told never to write. The one way in which an address becomes confirmed. Idempotent.
 * @returns whether for the first time
 */
export async function addressProved(ctx: Context, trx: Trx, owner: Proved): Promise<boolean> {
  const isFirst = await setConfirmed(trx, owner.personId, ctx.clock());
  const holder = await holderOf(trx, owner.email);
  if (holder?.id !== owner.personId || holder.role !== "student") return isFirst;
  const asks = () => unsignedAsks(trx, owner.email);
  // Whoever adds or changes such a student takes this first, too. Who gives the address from now on is too late.
  const askers = new Set((await asks()).map((ask) => ask.asker_id));
  for (const askerId of askers) await lockAsker(trx, askerId);
  const open = (await asks()).filter((ask) => askers.has(ask.asker_id));
  const isRefused = await refusing(ctx, trx, open);
  const stands = await standingsNow(ctx, trx, open);
  // Proved again, it is no answer to tutors who have asked meanwhile.
  const isAnswer = isFirst || owner.isNewAddress === true;
  for (const ask of open) {
    if (isAnswer ? !isRefused(ask) : stands(ask) === "agreed")
      await becomeOne(ctx, trx, ask, owner);
  }
  return isFirst;
}

/**
 * The address that a tutor gave has said yes to them. Call it under the asker's lock.
 * @returns whose lessons they are from then on, and whether they have been mailed their links already
 */
export async function claimAgreed(
  ctx: Context,
  trx: Trx,
  of: AskOf & { email: string },
): Promise<{ studentId: string | null; isMailed: boolean }> {
  const { kind, askerId, studentId, email } = of;
  const isMailed = false;
  if (kind !== "student" || studentId === null) return { studentId, isMailed };
  const holder = await holderOf(trx, email);
  const isTheirs = holder?.confirmed_at && holder.role === "student";
  const ask = (await unsignedAsks(trx, email)).find(
    (one) => one.asker_id === askerId && one.student_id === studentId,
  );
  if (!isTheirs || !ask) return { studentId, isMailed };
  const owner = { personId: holder.id, email };
  return { studentId: holder.id, isMailed: await becomeOne(ctx, trx, ask, owner) };
}

/** @returns whether the student has been mailed links to all their lessons, since those before have ended */

async function becomeOne(
  ctx: Context,
  trx: Trx,
  { asker_id: tutorId, student_id: from }: Ask,
  { personId: to }: Owner,
): Promise<boolean> {
  if (from === null) return false;
  const now = ctx.clock();
  const hasOtherGuardian = await endOtherAsks(ctx, trx, { tutorId, from, to });
  const isRenewed = await joinLinkVersions(trx, { from, to, now });
  const { hasEndedLinks } = await takePlace(trx, { tutorId, from, to }, now);
  const lessons = await lessonsOfStudent(trx, to, now);
  if (isRenewed) await mailLinksTo(ctx, trx, ["student"], lessons);
  if (hasOtherGuardian) {
    await raiseLinkVersion(trx, { personId: to, tutorId, slot: "tutors_guardian" }, now);
  }
  const own = lessons.filter((lesson) => lesson.tutor_id === tutorId);
  // The account's own guardian had none of these.
  await mailLinksTo(ctx, trx, ["guardian"], own);
  if (hasOtherGuardian || hasEndedLinks) await mailLinksTo(ctx, trx, ["tutors_guardian"], own);
  return isRenewed;
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
