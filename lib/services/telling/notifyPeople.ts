/**
 * Notifies people of where their lessons happen, wherever that differs from what they were last notified of:
 * by mail, with calendar entries, and by a note inside the app. It compares the two states instead of
 * following each migration, so the rules need no code of their own: what was undone before anybody was
 * notified is no difference; an undo after that is one; lessons that wait for a date follow when they have
 * moved; and running it twice changes nothing. A refresh makes new rooms at the same provider, which is no
 * difference here: people hold stable links only, so for them nothing has changed.
 */
import { asService, type Trx } from "#lib/platform/db.ts";
import { ROUND_SECONDS } from "#lib/platform/patience.ts";
import { unreadOf } from "#lib/records/mails/queries/about.ts";
import { openMigration } from "#lib/records/migrations/queries.ts";
import { dropNotesThatSayNothing, insertNotes } from "#lib/records/notes/queries.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import {
  lessonsWithNews,
  markJoinsNotified,
  markNotified,
  peopleInRoomsLeft,
  studentsBeingMoved,
  tutorsWithNews,
} from "#lib/records/sessions/queries/notified.ts";
import { sessionsByIds } from "#lib/records/sessions/queries.ts";
import type { Side } from "#lib/records/sessions/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { oneByOne } from "#lib/services/verb/oneByOne.ts";
import { type MovedLesson, mailDigest, mailRoomLeft } from "./notifyPeople/digestMail.ts";
import { isSettled } from "./notifyPeople/isSettled.ts";
import { type Kind, pairOf, type Recipient, studentsMail, tutorsMail } from "./recipients.ts";

type Lesson = Awaited<ReturnType<typeof lessonsWithNews>>[number];

/** Notifies the people of all tutors of all that is due. Runs every minute. */
export async function notifyEverybody(ctx: Context): Promise<void> {
  const tutorIds = await asService(ctx.db, (trx) => tutorsWithNews(trx, ctx.clock()));
  const round = { what: "news of a tutor's rooms", nameOf: String, seconds: ROUND_SECONDS };
  await oneByOne(ctx, tutorIds, round, (tutorId) => tellWhatIsDue(ctx, tutorId));
}

/**
 * Notifies one tutor's people. Never throws: an error here must not keep lessons from moving, and the next minute tries
 * again.
 */
export async function notifyPeople(ctx: Context, tutorId: string): Promise<void> {
  try {
    await tellWhatIsDue(ctx, tutorId);
  } catch (error) {
    ctx.log.error({ tutorId, err: error }, "A tutor's people could not be told; tried again soon");
  }
}

/**
 * Idempotent, also in two processes: what people are notified of is recorded in the transaction of their
 * mails.
 */
function tellWhatIsDue(ctx: Context, tutorId: string): Promise<void> {
  return asService(ctx.db, async (trx) => {
    await lockTutor(trx, tutorId);
    await tellEntrants(ctx, trx, tutorId);
    const now = ctx.clock();
    const migration = await openMigration(trx, tutorId);
    const isRunning = migration?.status === "running";
    const moving = await studentsBeingMoved(trx, tutorId);
    const forStudents = await lessonsWithNews(trx, "student", { tutorId, now });
    for (const [studentId, lessons] of Map.groupBy(forStudents, (row) => row.student_id)) {
      const scene = { isRunning, isMoving: moving.has(studentId), mayHurry: true };
      if (isSettled(lessons, scene, now)) await tell(ctx, trx, "student", studentId, lessons);
    }
    const forTutor = await lessonsWithNews(trx, "tutor", { tutorId, now });
    const scene = { isRunning, isMoving: isRunning, mayHurry: false };
    if (isSettled(forTutor, scene, now)) await tell(ctx, trx, "tutor", tutorId, forTutor);
  });
}

async function tell(ctx: Context, trx: Trx, side: Side, personId: string, lessons: Lesson[]) {
  const moved: MovedLesson[] = [];
  for (const lesson of lessons) {
    const { provider } = lesson;
    const from =
      side === "student" ? lesson.student_notified_provider : lesson.tutor_notified_provider;
    if (!provider || !(await markNotified(trx, side, { id: lesson.id, provider }))) continue;
    const session = { ...lesson, calendar_sequence: lesson.calendar_sequence + 1 };
    // Without a provider that they were notified of, there is none that the lesson moved from.
    if (from) moved.push({ session, from, to: provider });
  }
  if (moved.length === 0) return;
  // Only students get a note: the tutor has watched the move, while students find it later.
  if (side === "student") await note(ctx, trx, personId, moved);
  const [{ session }] = moved as [MovedLesson, ...MovedLesson[]];
  for (const to of await readersOf(ctx, trx, personId, session, "room_news")) {
    await mailDigest(ctx, trx, to, await sinceRead(trx, to, moved));
  }
}

/** Of the person's side of the lesson. */
const readersOf = (
  ctx: Context,
  trx: Trx,
  personId: string,
  lesson: { tutor_id: string; student_id: string },
  kind: Kind | null = null,
): Promise<Recipient[]> =>
  personId === lesson.tutor_id
    ? tutorsMail(ctx, trx, personId, kind)
    : studentsMail(ctx, trx, pairOf(lesson), kind);

/**
 * Whoever has a mail about these lessons waiting for the mail server hasn't read it: they come from where that one
 * begins, and where they are back there, nothing is news.
 */
async function sinceRead(trx: Trx, { email }: Recipient, moved: MovedLesson[]) {
  const sessionIds = moved.map(({ session }) => session.id);
  const unread = await unreadOf(trx, { kind: "rooms", email, sessionIds });
  return moved
    .map((lesson) => {
      const first = unread.find(({ session_id: id }) => id === lesson.session.id);
      return { ...lesson, from: first?.from_provider ?? lesson.from };
    })
    .filter(({ from, to }) => from !== to);
}

async function note(ctx: Context, trx: Trx, personId: string, moved: MovedLesson[]) {
  const now = ctx.clock();
  const rows = moved.map(({ session, from, to }) => ({
    id: ctx.newId(),
    person_id: personId,
    session_id: session.id,
    kind: "moved" as const,
    from_provider: from,
    to_provider: to,
    created_at: now,
  }));
  await insertNotes(trx, rows);
  await dropNotesThatSayNothing(
    trx,
    rows.map((row) => row.session_id),
  );
}

/** Whoever entered a room that the lesson has left is notified at once, whatever mails they have chosen. */
async function tellEntrants(ctx: Context, trx: Trx, tutorId: string): Promise<void> {
  const now = ctx.clock();
  for (const entrant of await peopleInRoomsLeft(trx, { tutorId, now })) {
    const [session] = await sessionsByIds(trx, [entrant.session_id]);
    if (!session?.provider) continue;
    const { id, provider, student_notified_provider: from } = session;
    await markJoinsNotified(trx, entrant, now);
    // Mark it, so that no digest about the same lesson follows.
    const isNews =
      entrant.person_id === session.student_id &&
      (await markNotified(trx, "student", { id, provider }));
    await insertNotes(trx, [
      {
        id: ctx.newId(),
        person_id: entrant.person_id,
        session_id: id,
        kind: "left",
        from_provider: entrant.from_provider,
        to_provider: provider,
        created_at: now,
      },
    ]);
    const calendar_sequence = session.calendar_sequence + (isNews ? 1 : 0);
    const told = { ...session, calendar_sequence };
    const hasEntered = ({ copyOf }: Recipient) =>
      copyOf === null ? entrant.themselves : entrant.guardian;
    const readers = await readersOf(ctx, trx, entrant.person_id, session);
    for (const to of readers.filter(hasEntered)) await mailRoomLeft(ctx, trx, to, told);
    if (!isNews || !from) continue;
    // Whoever hasn't entered the room gets what the digest would have said.
    const others = await readersOf(ctx, trx, entrant.person_id, session, "room_news");
    for (const to of others.filter((reader) => !hasEntered(reader))) {
      await mailDigest(ctx, trx, to, [{ session: told, from, to: provider }]);
    }
  }
}
