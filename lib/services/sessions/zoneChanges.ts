/**
 * Lessons whose local time isn't what was agreed on any more, because a country changed its zone rules after they
 * were made. None of them moves by itself: the tutor decides (`decideZoneChanges.ts`).
 */
import { z } from "zod";
import { asPerson, asService } from "#lib/platform/db.ts";
import { movedByRules, wallClock } from "#lib/platform/zones/wallClock.ts";
import type { Zone } from "#lib/platform/zones/zoneRules.ts";
import { lessonsByWallClock } from "#lib/records/sessions/queries/wallClocks.ts";
import type { SessionWithPeople } from "#lib/records/sessions/queries.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";

export const zoneChangeView = z.object({
  sessionId: z.uuid(),
  subject: z.string(),
  tutor: z.string(),
  student: z.string(),
  timeZone: z.string(),
  agreed: z.string().describe("What clocks there were to show at its start: 2027-01-11T10:00."),
  shown: z.string().describe("What they show by the present rules: 2027-01-11T11:00."),
  startsAt: z.iso.datetime().describe("When it starts now."),
  agreedAt: z.iso.datetime().describe("When it would start at what was agreed on."),
});
export type ZoneChangeView = z.infer<typeof zoneChangeView>;

export interface ZoneChange {
  lesson: SessionWithPeople;
  /** When it would start at what was agreed on, by the present rules. */
  agreedAt: Date;
  zone: Zone;
}

/** The tutor's, soonest first. */
export async function listZoneChanges(ctx: Context, tutor: Person): Promise<ZoneChangeView[]> {
  const lessons = await asPerson(ctx.db, { personId: tutor.id }, (trx) =>
    lessonsByWallClock(trx, ctx.clock(), tutor.id),
  );
  return zoneChangesOf(ctx, lessons).map(toView);
}

export interface AllZoneChanges {
  changes: ZoneChangeView[];
  /** Zones of lessons ahead for which this server has no rules: whether those changed, it can't say. */
  unknownZones: string[];
}

/** Everybody's, for whoever runs this Segue. */
export async function allZoneChanges(ctx: Context): Promise<AllZoneChanges> {
  const lessons = await asService(ctx.db, (trx) => lessonsByWallClock(trx, ctx.clock(), null));
  const zones = [...new Set(lessons.map(zoneNameOf))];
  return {
    changes: zoneChangesOf(ctx, lessons).map(toView),
    unknownZones: zones.filter((name) => !ctx.zoneRules(name)),
  };
}

/** Says at each start how many lessons wait for a decision, because new rules come with a new version. */
export async function logZoneChanges(ctx: Context): Promise<void> {
  const { changes, unknownZones } = await allZoneChanges(ctx);
  const count = changes.length;
  if (count > 0)
    ctx.log.warn({ count }, "Lessons are at another local time since zone rules changed");
  if (unknownZones.length > 0)
    ctx.log.warn(
      { unknownZones },
      "Lessons are in zones that this version of Node.js doesn't know",
    );
}

export const zoneChangesOf = (ctx: Context, lessons: SessionWithPeople[]): ZoneChange[] =>
  lessons.flatMap((lesson) => {
    const zone = ctx.zoneRules(zoneNameOf(lesson));
    const agreedAt = zone && movedByRules(lesson, lesson.scheduled_start_at, zone);
    return agreedAt ? [{ lesson, agreedAt, zone }] : [];
  });

export const zoneNameOf = (lesson: Pick<SessionWithPeople, "time_zone" | "booking_zone">): string =>
  lesson.time_zone ?? lesson.booking_zone;

function toView({ lesson, agreedAt, zone }: ZoneChange): ZoneChangeView {
  return {
    sessionId: lesson.id,
    subject: lesson.subject,
    tutor: lesson.tutor_name,
    student: lesson.student_name,
    timeZone: zone.name,
    agreed: lesson.starts_local ?? "",
    shown: wallClock(lesson.scheduled_start_at, zone).local,
    startsAt: lesson.scheduled_start_at.toISOString(),
    agreedAt: agreedAt.toISOString(),
  };
}
