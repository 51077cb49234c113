/** What people hear about single lessons. */
import type { Trx } from "#lib/platform/db.ts";
import { personById } from "#lib/records/people/queries.ts";
import { sessionWithPeople } from "#lib/records/sessions/queries.ts";
import type { Context } from "#lib/services/context.ts";
import { longTime, post } from "./letter.ts";

async function read(trx: Trx, sessionId: string) {
  const session = await sessionWithPeople(trx, sessionId);
  const tutor = session && (await personById(trx, session.tutor_id));
  const student = session && (await personById(trx, session.student_id));
  if (!tutor || !student) throw new Error(`Lesson ${sessionId} has no participants`);
  return { session, tutor, student };
}

/** To the other side than the one who cancelled. */
export async function mailSessionCancelled(
  ctx: Context,
  trx: Trx,
  sessionId: string,
  byPersonId: string,
) {
  const { session, tutor, student } = await read(trx, sessionId);
  const [by, to] = byPersonId === tutor.id ? [tutor, student] : [student, tutor];
  const time = longTime(session.scheduled_start_at, to.time_zone);
  await post(ctx, trx, {
    to,
    subject: `Cancelled: ${session.subject}, ${time}`,
    paragraphs: [`${by.name} has cancelled ${session.subject} on ${time}.`],
    button: { label: "See your lessons", url: `${ctx.config.appUrl}/sessions` },
  });
}

/** To the student: the tutor moved it. */
export async function mailSessionRescheduled(
  ctx: Context,
  trx: Trx,
  sessionId: string,
  before: Date,
) {
  const { session, tutor, student } = await read(trx, sessionId);
  const time = longTime(session.scheduled_start_at, student.time_zone);
  await post(ctx, trx, {
    to: student,
    subject: `New time: ${session.subject}, ${time}`,
    paragraphs: [
      `${tutor.name} has moved ${session.subject} from ${longTime(before, student.time_zone)} to ${time}.`,
      "Your link stays the same.",
    ],
    button: {
      label: "Join at the new time",
      url: `${ctx.config.appUrl}/sessions/${session.id}/join`,
    },
  });
}
