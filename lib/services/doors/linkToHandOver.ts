import { asPerson, becomeService } from "#lib/platform/db.ts";
import { sessionWithPeople } from "#lib/records/sessions/queries.ts";
import { readerIn } from "#lib/records/students/queries.ts";
import { linksFor } from "#lib/services/keys/personalLinks.ts";
import { pairOf } from "#lib/services/telling/recipients.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { notFound, Refusal } from "#lib/services/verb/errors.ts";
import { asId } from "#lib/services/verb/input.ts";

/**
 * The student's personal link to one lesson, for the tutor to pass on in a chat or on paper. Only of a student who has no
 * account: whoever has one comes in by themselves, and their link is nobody else's.
 * @throws Refusal `not_found`, `not_allowed`, `wrong_state` for a student with an account
 */
export const linkToHandOver = (
  ctx: Context,
  tutor: Person,
  sessionId: string,
): Promise<{ url: string }> =>
  asPerson(ctx.db, { personId: tutor.id }, async (trx) => {
    const session = await sessionWithPeople(trx, asId(sessionId, "lesson"));
    if (!session) throw notFound("lesson");
    if (session.tutor_id !== tutor.id) throw new Refusal("not_allowed", "onlyTheTutor");
    await becomeService(trx);
    const student = await readerIn(trx, pairOf(session));
    if (student?.has_account) throw new Refusal("wrong_state", "studentHasAccount");
    const linkOf = await linksFor(ctx, trx, { personId: session.student_id, slot: "student" });
    return { url: linkOf(session.id) };
  });
