/**
 * Writes lessons in the form that calendar programs take. A lesson has the same UID everywhere, in mails and
 * feeds, so that a program which knows it changes its entry instead of adding another.
 */
import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  type ICalEventData,
  ICalEventStatus,
} from "ical-generator";
import { oneLine } from "#lib/platform/oneLine.ts";
import { wordsFor } from "#lib/platform/words.ts";
import type { SessionWithPeople } from "#lib/records/sessions/queries.ts";
import type { LinkOf } from "#lib/services/keys/personalLinks.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { unlinked } from "./letter/quoted.ts";

/**
 * REQUEST and CANCEL are about one lesson: all their events must share one UID (RFC 5546, 3.2.2 and 3.2.5),
 * and mail programs that find several take the first and leave out the rest. PUBLISH holds any number of
 * lessons, names no attendee (3.2.1), and is what a feed is.
 */
export type CalendarMethod = "PUBLISH" | "REQUEST" | "CANCEL";

export interface CalendarReader {
  email: string;
  name: string;
  /** A language of the catalog. */
  language: string;
  /** The reader's side of the lesson decides whose name is shown; a guardian sees what the student sees. */
  side: "tutor" | "student";
  /** The door of a lesson, for this reader. */
  linkOf: LinkOf;
}

type Lesson = Pick<
  SessionWithPeople,
  | "id"
  | "subject"
  | "status"
  | "provider"
  | "scheduled_start_at"
  | "scheduled_end_at"
  | "calendar_sequence"
  | "created_at"
  | "updated_at"
  | "tutor_name"
  | "student_name"
>;

type CalendarContext = Pick<Context, "config" | "clock" | "providers"> & {
  /** What stands after the @ in every UID of this installation, for good. */
  uidHost: string;
};

/** How often an app should read a feed again. */
const FEED_SECONDS = 60 * 60;

/** `feedName` is set for feeds only. @returns an iCalendar object (RFC 5545), all its times in UTC */
export function lessonCalendar(
  ctx: CalendarContext,
  method: CalendarMethod,
  reader: CalendarReader,
  lessons: Lesson[],
  feedName: string | null = null,
): string {
  const calendar = ical({
    // Without a name, an app shows the feed's private address instead.
    ...(feedName && { name: feedName, ttl: FEED_SECONDS }),
    prodId: { company: "Segue", product: "Segue", language: reader.language.toUpperCase() },
    method: ICalCalendarMethod[method],
  });
  const isFeed = feedName !== null;
  for (const lesson of lessons) {
    calendar.createEvent(eventOf(ctx, { method, isFeed, reader, lesson }));
  }
  return calendar.toString();
}

/**
 * The organizer is the one in every mail's From, because Google accepts an invitation only from its stated
 * sender.
 */
export function organizerOf(from: string): { name: string; email: string } {
  const [, name, email] = /^\s*"?([^"<]*?)"?\s*<([^<>]+)>\s*$/.exec(from) ?? [];
  return { name: name || "Segue", email: email ?? from.trim() };
}

interface Entry {
  method: CalendarMethod;
  isFeed: boolean;
  reader: CalendarReader;
  lesson: Lesson;
}

function eventOf(ctx: CalendarContext, { method, isFeed, reader, lesson }: Entry): ICalEventData {
  const words = wordsFor(reader.language, "mails.calendar");
  const link = reader.linkOf(lesson.id);
  const isOff = method === "CANCEL" || lesson.status === "CANCELLED";
  const other = reader.side === "tutor" ? lesson.student_name : lesson.tutor_name;
  const place = lesson.provider
    ? words("place", { provider: ctx.providers.label(lesson.provider) })
    : words("noPlace");
  return {
    id: `${lesson.id}@${ctx.uidHost}`,
    sequence: lesson.calendar_sequence,
    start: lesson.scheduled_start_at,
    end: lesson.scheduled_end_at,
    summary: words("summary", { subject: unlinked(lesson.subject), other: unlinked(other) }),
    location: link,
    url: link,
    description: [place, words("link", { link })].join("\n"),
    status: isOff ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: organizerOf(ctx.config.mail.from),
    // Nobody reads answers to the organizer; who can't come says so in Segue.
    attendees:
      method === "PUBLISH"
        ? []
        : [
            {
              name: oneLine(reader.name),
              email: reader.email,
              role: ICalAttendeeRole.REQ,
              status: ICalAttendeeStatus.ACCEPTED,
              rsvp: false,
            },
          ],
    // A feed that hasn't changed is the same to the byte, or programs would take every entry for changed.
    stamp: isFeed ? lesson.updated_at : ctx.clock(),
    created: lesson.created_at,
    lastModified: lesson.updated_at,
  };
}
