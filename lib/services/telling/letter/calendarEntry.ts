/**
 * The calendar file that goes with a mail. One lesson is a REQUEST or a CANCEL, which mail programs carry out
 * themselves. Several lessons can't be: RFC 5546 (3.2.2, 3.2.5) allows only events of one UID in those, and
 * Gmail and Outlook take the first of many. They go as one PUBLISH, which RFC 6047 (4.5) describes for this.
 * Its events keep their UIDs and sequence numbers, so a later REQUEST changes what the PUBLISH added, and the
 * other way round. One mail per lesson instead would be fifty-two mails for a year.
 */
import type { Trx } from "#lib/platform/db.ts";
import { uidHost } from "#lib/records/installation/queries.ts";
import type { SessionWithPeople } from "#lib/records/sessions/queries.ts";
import { type CalendarMethod, lessonCalendar } from "#lib/services/telling/lessonCalendar.ts";
import type { Recipient } from "#lib/services/telling/recipients.ts";
import type { Context } from "#lib/services/verb/context.ts";
import type { Letter } from "./letterParts.ts";

/** Null for no lessons. */
export async function calendarEntry(
  ctx: Context,
  trx: Trx,
  to: Recipient,
  lessons: SessionWithPeople[],
): Promise<NonNullable<Letter["calendar"]> | null> {
  const method = methodFor(lessons);
  if (!method) return null;
  const reader = { ...to, name: to.name ?? to.email };
  const host = await uidHost(trx);
  return { method, body: lessonCalendar({ ...ctx, uidHost: host }, method, reader, lessons) };
}

function methodFor([first, ...others]: SessionWithPeople[]): CalendarMethod | null {
  if (!first) return null;
  if (others.length > 0) return "PUBLISH";
  return first.status === "CANCELLED" ? "CANCEL" : "REQUEST";
}
