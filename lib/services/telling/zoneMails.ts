/** What a tutor decided on lessons whose local time changed with a zone's rules. */
import type { Trx } from "#lib/platform/db.ts";
import { plainZone } from "#lib/platform/localTime.ts";
import { wordsFor } from "#lib/platform/words.ts";
import type { SessionWithPeople } from "#lib/records/sessions/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { ofLessons } from "./letter/about.ts";
import { calendarEntry } from "./letter/calendarEntry.ts";
import { longTime, post } from "./letter/letter.ts";
import { quoted } from "./letter/quoted.ts";
import { type Recipient, recipientsOf } from "./recipients.ts";

/** agreed: the lessons move, so that clocks show what they were to show. instant: they stay. */
export type ZoneDecision = "agreed" | "instant";

/** @param lessons of one student, soonest first */
export async function mailZoneChanges(
  ctx: Context,
  trx: Trx,
  keep: ZoneDecision,
  lessons: SessionWithPeople[],
): Promise<void> {
  const [first] = lessons;
  if (!first) return;
  for (const to of await recipientsOf(ctx, trx, first.student_id)) {
    await mailZoneChange(ctx, trx, to, { keep, lessons });
  }
}

export async function mailZoneChange(
  ctx: Context,
  trx: Trx,
  to: Recipient,
  { keep, lessons }: { keep: ZoneDecision; lessons: SessionWithPeople[] },
): Promise<void> {
  const zones = new Set(lessons.map(({ time_zone, booking_zone }) => time_zone ?? booking_zone));
  const words = wordsFor(to.language, "mails.zones");
  const named = {
    count: lessons.length,
    tutor: quoted(to.language, lessons[0]?.tutor_name ?? ""),
    zone: [...zones].map(plainZone).join(", "),
  };
  await post(ctx, trx, {
    to,
    about: ofLessons(`zone_${keep}`, to, lessons),
    subject: words(`${keep}.subject`, named),
    paragraphs: [words("rules", named), words(`${keep}.text`, named)],
    lessons: lessons.map((lesson) => ({
      title: quoted(to.language, lesson.subject),
      time: longTime(lesson.scheduled_start_at, to),
      button: {
        label: wordsFor(to.language, "mails")("join"),
        url: to.linkOf(lesson.id),
      },
    })),
    calendar: keep === "agreed" ? await calendarEntry(ctx, trx, to, lessons) : null,
  });
}
