import { asPerson, asService, becomeService, type Trx } from "#lib/platform/db.ts";
import { sessionWithPeople } from "#lib/records/sessions/queries.ts";
import { type Pair, readerIn } from "#lib/records/students/queries.ts";
import { type LinkOf, linksFor } from "#lib/services/keys/personalLinks.ts";
import type { SessionView } from "#lib/services/sessions/views.ts";
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
    const linkOf = await linkOfUnsigned(ctx, trx, pairOf(session));
    if (!linkOf) throw new Refusal("wrong_state", "studentHasAccount");
    return { url: linkOf(session.id) };
  });

/**
 * By lesson, the links of one student that the tutor may hand over; none of a student with an account.
 * @param lessons that the tutor was shown
 */
export const linksToHandOver = (
  ctx: Context,
  tutor: Person,
  lessons: readonly Pick<SessionView, "id" | "student">[],
): Promise<Record<string, string>> =>
  asService(ctx.db, async (trx) => {
    const [first] = lessons;
    if (!first) return {};
    const pair = { tutorId: tutor.id, studentId: first.student.id };
    const linkOf = await linkOfUnsigned(ctx, trx, pair);
    return linkOf ? Object.fromEntries(lessons.map(({ id }) => [id, linkOf(id)])) : {};
  });

async function linkOfUnsigned(ctx: Context, trx: Trx, pair: Pair): Promise<LinkOf | null> {
  const student = await readerIn(trx, pair);
  if (!student || student.has_account) return null;
  return linksFor(ctx, trx, { personId: pair.studentId, tutorId: null, slot: "student" });
}
