/** Mails about lessons that were cancelled or moved. */
import { latest } from "#lib/platform/clock.ts";
import type { Trx } from "#lib/platform/db.ts";
import { wordsFor } from "#lib/platform/words.ts";
import { unreadOf } from "#lib/records/mails/queries/about.ts";
import { changeRequestById } from "#lib/records/sessions/queries/changeRequests.ts";
import {
  type SessionWithPeople,
  sessionsByIds,
  sessionWithPeople,
} from "#lib/records/sessions/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { calledOff, ofLessons } from "./letter/about.ts";
import { calendarEntry } from "./letter/calendarEntry.ts";
import { LISTED, lessonLine } from "./letter/lessonLine.ts";
import { longTime, post } from "./letter/letter.ts";
import { buttonTo } from "./letter/pageButton.ts";
import { messageFrom, quoted } from "./letter/quoted.ts";
import { pairOf, type Recipient, studentsMail, studentTo, tutorsMail } from "./recipients.ts";

/**
 * Notifies the other side than the one that cancelled, and always the student's side: our mail put the lessons
 * into its calendar, and only another mail takes them out again. One mail for each, whatever the number of lessons.
 * @param sessionIds of one booking
 */
export async function mailCancelled(
  ctx: Context,
  trx: Trx,
  { sessionIds, by, message }: { sessionIds: string[]; by: string; message: string | null },
) {
  const sessions = await sessionsByIds(trx, sessionIds);
  const [first] = sessions;
  if (!first) return;
  const isTutor = by === first.tutor_id;
  const told = [
    ...(isTutor ? [] : await tutorsMail(ctx, trx, first.tutor_id)),
    ...(await studentsMail(ctx, trx, pairOf(first))),
  ];
  for (const to of told) {
    const writer = isTutor ? first.tutor_name : studentTo(to, first.student_name);
    const isOwn = !isTutor && to.side === "student" && to.copyOf === null;
    const said = cancelledWords(to, sessions, { writer, isOwn });
    await post(ctx, trx, {
      to,
      about: calledOff(to, latest(...sessions.map(({ scheduled_end_at: end }) => end))),
      subject: said.subject,
      paragraphs: [said.text, ...messageFrom(to.language, writer, isOwn ? null : message)],
      ...buttonTo(ctx, to, "seeLessons"),
      calendar: await calendarEntry(ctx, trx, to, sessions),
    });
  }
}

function cancelledWords(
  to: Recipient,
  sessions: SessionWithPeople[],
  { writer, isOwn }: { writer: string; isOwn: boolean },
): { subject: string; text: string } {
  const [first, last] = [sessions[0], sessions.at(-1)];
  const named = {
    subject: quoted(to.language, first?.subject ?? ""),
    by: quoted(to.language, writer),
    count: sessions.length,
    time: first ? longTime(first.scheduled_start_at, to) : "",
    last: last ? longTime(last.scheduled_start_at, to) : "",
  };
  const words = wordsFor(to.language, "mails.lesson");
  const others = sessions.length > 1 ? ("cancelledMany" as const) : ("cancelled" as const);
  const how = isOwn ? "taken" : others;
  return { subject: words(`${how}.subject`, named), text: words(`${how}.text`, named) };
}

interface News {
  message: string | null;
  /** The tutor does what somebody on the student's side asked for. */
  isAgreed?: boolean;
}

/** A lesson as it is now. */
export interface Moved {
  session: SessionWithPeople;
  /** When it was to start, as far as the reader knows. */
  before: Date;
}

/**
 * Notifies the student's side that the tutor moved lessons: one mail for each, whatever their number.
 * @param moved by lesson, when it was to start before
 */
export async function mailRescheduled(
  ctx: Context,
  trx: Trx,
  { moved, message, isAgreed = false }: News & { moved: Map<string, Date> },
) {
  const sessionIds = [...moved.keys()];
  const sessions = await sessionsByIds(trx, sessionIds);
  const [first] = sessions;
  if (!first) return;
  for (const to of await studentsMail(ctx, trx, pairOf(first))) {
    const unread = await unreadOf(trx, { kind: "rescheduled", email: to.email, sessionIds });
    const lessons = sessions.map((session) => {
      const told = unread.find(({ session_id: id }) => id === session.id)?.former_start;
      return { session, before: told ?? moved.get(session.id) ?? session.scheduled_start_at };
    });
    await mailMoved(ctx, trx, to, { lessons: lessons.filter(isElsewhere), message, isAgreed });
  }
}

/** Otherwise it is back where its reader knows it to be. */
const isElsewhere = ({ session, before }: Moved): boolean =>
  before.getTime() !== session.scheduled_start_at.getTime();

/** Nothing for no lessons. `lessons`: soonest first. */
export async function mailMoved(
  ctx: Context,
  trx: Trx,
  to: Recipient,
  { lessons, message, isAgreed = false }: News & { lessons: Moved[] },
) {
  const sessions = lessons.map(({ session }) => session);
  const [first, ...others] = lessons;
  if (!first) return;
  const isOne = others.length === 0;
  const words = wordsFor(to.language, nameOf({ isOne, isAgreed }));
  const { session } = first;
  const named = {
    subject: quoted(to.language, session.subject),
    tutor: quoted(to.language, session.tutor_name),
    before: longTime(first.before, to),
    time: longTime(session.scheduled_start_at, to),
    count: lessons.length,
  };
  const more = lessons.length - LISTED;
  await post(ctx, trx, {
    to,
    about: ofLessons(
      "rescheduled",
      to,
      sessions,
      lessons.map(({ before }) => ({ former_start: before })),
    ),
    subject: words("subject", named),
    paragraphs: [
      words("text", named),
      ...messageFrom(to.language, session.tutor_name, message),
      wordsFor(to.language, "mails")(isOne ? "sameLink" : "sameLinks"),
    ],
    lessons: isOne ? [] : lessons.slice(0, LISTED).map((lesson) => movedLine(to, lesson)),
    closing: more > 0 ? wordsFor(to.language, "mails.digest")("more", { count: more }) : null,
    ...(isOne && {
      button: {
        label: wordsFor(to.language, "mails.lesson.rescheduled")("button"),
        url: to.linkOf(session.id),
      },
    }),
    calendar: await calendarEntry(ctx, trx, to, sessions),
  });
}

function nameOf({ isOne, isAgreed }: { isOne: boolean; isAgreed: boolean }) {
  if (!isOne) return "mails.lesson.movedMany" as const;
  return isAgreed ? ("mails.lesson.agreed" as const) : ("mails.lesson.rescheduled" as const);
}

function movedLine(to: Recipient, { session, before }: Moved) {
  const time = longTime(session.scheduled_start_at, to);
  const words = wordsFor(to.language, "mails.zones");
  return {
    ...lessonLine(to, session),
    time: words("instead", { time, before: longTime(before, to) }),
  };
}

async function readRequest(trx: Trx, id: string) {
  const request = await changeRequestById(trx, id);
  const session = request && (await sessionWithPeople(trx, request.session_id));
  if (!session) throw new Error(`There is no request ${id}`);
  return { request, session };
}

/** Asks the tutor for another time of a lesson, in the name of whoever wants it. */
export async function mailTimeAsked(ctx: Context, trx: Trx, requestId: string) {
  const { request, session } = await readRequest(trx, requestId);
  for (const to of await tutorsMail(ctx, trx, session.tutor_id)) {
    const words = wordsFor(to.language, "mails.lesson.asked");
    const named = requested(to, session, request.starts_at);
    await post(ctx, trx, {
      to,
      about: {
        kind: "asked",
        personId: to.personId,
        validUntil: session.scheduled_start_at,
        changeRequestId: request.id,
      },
      subject: words("subject", named),
      paragraphs: [
        words(request.as_guardian ? "textOfGuardian" : "text", named),
        ...messageFrom(to.language, session.student_name, request.message),
      ],
      button: { label: words("button"), url: `${ctx.config.appUrl}/sessions/${session.id}` },
    });
  }
}

/** Tells the student's side that the lesson stays where it is. */
export async function mailTimeDeclined(ctx: Context, trx: Trx, requestId: string) {
  const { session } = await readRequest(trx, requestId);
  for (const to of await studentsMail(ctx, trx, pairOf(session))) {
    await mailStays(ctx, trx, to, requestId);
  }
}

export async function mailStays(ctx: Context, trx: Trx, to: Recipient, requestId: string) {
  const { request, session } = await readRequest(trx, requestId);
  const words = wordsFor(to.language, "mails.lesson.timeDeclined");
  const named = requested(to, session, request.starts_at);
  await post(ctx, trx, {
    to,
    about: {
      ...ofLessons("time_declined", to, [session]),
      validUntil: session.scheduled_start_at,
      changeRequestId: request.id,
    },
    subject: words("subject", named),
    paragraphs: [
      words("text", named),
      ...messageFrom(to.language, session.tutor_name, request.answer),
    ],
    button: { label: words("button"), url: to.linkOf(session.id) },
  });
}

const requested = (to: Recipient, session: SessionWithPeople, asked: Date) => ({
  subject: quoted(to.language, session.subject),
  tutor: quoted(to.language, session.tutor_name),
  student: quoted(to.language, session.student_name),
  time: longTime(session.scheduled_start_at, to),
  asked: longTime(asked, to),
});
