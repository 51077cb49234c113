/** What a tutor decided on lessons whose local time changed with a zone's rules. */
import type { Trx } from "#lib/platform/db.ts";
import { dayOf, plainZone, sameClock } from "#lib/platform/localTime.ts";
import { wordsFor } from "#lib/platform/words.ts";
import { zoneAsKept } from "#lib/platform/zones/wallClock.ts";
import type { SessionWithPeople } from "#lib/records/sessions/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { ofLessons } from "./letter/about.ts";
import { calendarEntry } from "./letter/calendarEntry.ts";
import { clockTo, longTime, post } from "./letter/letter.ts";
import { quoted } from "./letter/quoted.ts";
import { pairOf, type Recipient, studentsMail } from "./recipients.ts";

/** agreed: the lessons move, so that clocks show what they were to show. instant: they stay. */
export type ZoneDecision = "agreed" | "instant";

/** A lesson as it is now. */
export interface Decided {
  session: SessionWithPeople;
  /** When it began before the decision. */
  before: Date;
}

/** @param lessons of one student, soonest first */
export async function mailZoneChanges(
  ctx: Context,
  trx: Trx,
  keep: ZoneDecision,
  lessons: Decided[],
): Promise<void> {
  const [first] = lessons;
  if (!first) return;
  for (const to of await studentsMail(ctx, trx, pairOf(first.session))) {
    await mailZoneChange(ctx, trx, to, { keep, lessons });
  }
}

export async function mailZoneChange(
  ctx: Context,
  trx: Trx,
  to: Recipient,
  { keep, lessons }: { keep: ZoneDecision; lessons: Decided[] },
): Promise<void> {
  const sessions = lessons.map(({ session }) => session);
  const words = wordsFor(to.language, "mails.zones");
  const named = {
    count: lessons.length,
    tutor: quoted(to.language, sessions[0]?.tutor_name ?? ""),
    zone: [...new Set(sessions.map(zoneOf))].map(plainZone).join(", "),
  };
  const elsewhere = lessons.some((lesson) => isElsewhere(ctx, to, lesson));
  const kind = elsewhere ? (`${keep}Elsewhere` as const) : keep;
  await post(ctx, trx, {
    to,
    about: ofLessons(
      `zone_${keep}`,
      to,
      sessions,
      lessons.map(({ before }) => ({ former_start: before })),
    ),
    subject: words(`${kind}.subject`, named),
    paragraphs: [words("rules", named), words(`${kind}.text`, named)],
    lessons: lessons.map((lesson) => ({
      title: quoted(to.language, lesson.session.subject),
      time: timeFor(ctx, to, lesson),
      button: {
        label: wordsFor(to.language, "mails")("join"),
        url: to.linkOf(lesson.session.id),
      },
    })),
    calendar: keep === "agreed" ? await calendarEntry(ctx, trx, to, sessions) : null,
  });
}

const zoneOf = ({ time_zone: own, booking_zone: agreed }: SessionWithPeople): string =>
  own ?? agreed;

/** Whether the rules of this reader's own clocks haven't changed with those of the lesson's zone. */
function isElsewhere(ctx: Context, to: Recipient, { session, before }: Decided): boolean {
  const zone = zoneAsKept(ctx.zoneRules, {
    time_zone: zoneOf(session),
    utc_offset: session.utc_offset,
  });
  return [before, session.scheduled_start_at].some(
    (at) => !sameClock(at.toISOString(), zone, to.timeZone),
  );
}

/** With the time on the reader's own clocks before, where that is another one. */
function timeFor(ctx: Context, to: Recipient, lesson: Decided): string {
  const { session, before } = lesson;
  const now = session.scheduled_start_at;
  const time = longTime(now, to);
  if (before.getTime() === now.getTime() || !isElsewhere(ctx, to, lesson)) return time;
  const [day, formerDay] = [now, before].map((at) => dayOf(at.toISOString(), to.timeZone));
  const former = day === formerDay ? clockTo(before, to) : longTime(before, to);
  return wordsFor(to.language, "mails.zones")("instead", { time, before: former });
}
