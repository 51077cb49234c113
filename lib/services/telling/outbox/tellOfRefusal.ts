import type { Trx } from "#lib/platform/db.ts";
import { askInMail } from "#lib/records/asking/queries/links.ts";
import { keepRefused, noteTold, tutorsOf } from "#lib/records/mails/queries/refused.ts";
import type { Mail } from "#lib/records/mails/queries.ts";
import { readerIn } from "#lib/records/students/queries.ts";
import { mailAddressRefused } from "#lib/services/telling/accountMails.ts";
import type { Context } from "#lib/services/verb/context.ts";

/**
 * A mail server says for good that nobody gets mail at this address. A student can't be told by mail, so their tutors
 * are, each once for each address; what happens to a tutor's own address stands on support's page.
 */
export async function tellOfRefusal(
  ctx: Context,
  trx: Trx,
  { id, to_email: email, person_id: personId, unsubscribe_url: url }: Mail,
  detail: string,
): Promise<void> {
  const now = ctx.clock();
  await keepRefused(trx, { email, detail, refused_at: now });
  const ask = url === null ? undefined : await askInMail(trx, id);
  // An address that a tutor gave is that tutor's to mend, and nobody else's to know. A question to it is about nobody's lessons.
  const isTutors = ask !== undefined && ask.kind !== "guardian";
  const studentId = isTutors ? ask.student_id : personId;
  if (studentId === null) return;
  const isGuardians = url !== null && ask?.kind !== "student";
  for (const tutorId of isTutors ? [ask.asker_id] : await tutorsOf(trx, studentId, now)) {
    const student = await readerIn(trx, { tutorId, studentId });
    if (!student || !(await noteTold(trx, { email, tutor_id: tutorId }))) continue;
    await mailAddressRefused(ctx, trx, tutorId, { email, student, isGuardians });
  }
}
