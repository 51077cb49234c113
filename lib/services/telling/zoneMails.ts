/** What a tutor decided on lessons whose local time changed with a zone's rules. */
import type { Trx } from "#lib/platform/db.ts";
import { plainZone } from "#lib/platform/localTime.ts";
import { wordsFor } from "#lib/platform/words.ts";
import type { SessionWithPeople } from "#lib/records/sessions/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { calendarEntry } from "./letter/calendarEntry.ts";
import { longTime, post } from "./letter/letter.ts";
import { quoted } from "./letter/quoted.ts";
import { recipientsOf } from "./recipients.ts";

/** @param lessons of one student, soonest first */
export async function mailZoneChanges(
  ctx: Context,
  trx: Trx,
  keep: "agreed" | "instant",
  lessons: SessionWithPeople[],
): Promise<void> {
  const [first] = lessons;
  if (!first) return;
  const zones = new Set(lessons.map(({ time_zone, booking_zone }) => time_zone ?? booking_zone));
  for (const to of await recipientsOf(ctx, trx, first.student_id)) {
    const words = wordsFor(to.language, "mails.zones");
    const named = {
      count: lessons.length,
      tutor: quoted(to.language, first.tutor_name),
      zone: [...zones].map(plainZone).join(", "),
    };
    await post(ctx, trx, {
      to,
      subject: words(`${keep}.subject`, named),
      paragraphs: [words("rules", named), words(`${keep}.text`, named)],
      lessons: lessons.map((lesson) => ({
        title: quoted(to.language, lesson.subject),
        time: longTime(lesson.scheduled_start_at, to),
        button: {
          label: wordsFor(to.language, "mails")("join"),
          url: `${ctx.config.appUrl}/sessions/${lesson.id}/join`,
        },
      })),
      calendar: keep === "agreed" ? calendarEntry(ctx, to, lessons) : null,
    });
  }
}
