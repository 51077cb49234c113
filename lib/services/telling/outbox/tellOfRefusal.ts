import type { Trx } from "#lib/platform/db.ts";
import { keepRefused, tutorsOf } from "#lib/records/mails/queries/refused.ts";
import type { Mail } from "#lib/records/mails/queries.ts";
import { personById } from "#lib/records/people/queries.ts";
import { mailAddressRefused } from "#lib/services/telling/accountMails.ts";
import type { Context } from "#lib/services/verb/context.ts";

/**
 * A mail server says for good that nobody gets mail at this address. A student can't be told by mail, so their tutors
 * are, once for each address; what happens to a tutor's own address stands on support's page.
 */
export async function tellOfRefusal(
  ctx: Context,
  trx: Trx,
  { to_email: email, person_id: personId, unsubscribe_url: url }: Mail,
  detail: string,
): Promise<void> {
  const now = ctx.clock();
  const isNews = await keepRefused(trx, { email, detail, refused_at: now });
  const student = isNews && personId !== null ? await personById(trx, personId) : undefined;
  if (student?.role !== "student") return;
  for (const tutorId of await tutorsOf(trx, student.id, now)) {
    await mailAddressRefused(ctx, trx, tutorId, { email, student, isGuardians: url !== null });
  }
}
