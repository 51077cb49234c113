/** The tutor decides on lessons whose local time changed with a zone's rules. */
import { z } from "zod";
import { asPerson, becomePerson, becomeService, type Trx } from "#lib/platform/db.ts";
import { wallClockColumns } from "#lib/platform/zones/wallClock.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import { lessonsByWallClock } from "#lib/records/sessions/queries/wallClocks.ts";
import { sessionsByIds, updateSession } from "#lib/records/sessions/queries.ts";
import { mailZoneChanges } from "#lib/services/telling/zoneMails.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { id, parseInput } from "#lib/services/verb/input.ts";
import { moveLessons } from "./rescheduleSession.ts";
import { listZoneChanges, type ZoneChange, zoneChangesOf, zoneChangeView } from "./zoneChanges.ts";

export const zoneDecisionInput = z.object({
  keep: z
    .enum(["agreed", "instant"])
    .describe("agreed: what clocks were to show, so the lesson moves. instant: the lesson stays."),
  sessionIds: z.array(id).max(500, "tooMany").optional().describe("Left out: all of them."),
});

export const zoneDecisionView = z.object({
  decided: z.number().describe("How many lessons this was done for."),
  left: z
    .array(zoneChangeView)
    .describe("Those that are still to be decided; some may have had no room to move."),
});

/**
 * Lessons that can't move, because another one is there or that time has passed, stay to be decided.
 * Each student gets one mail, whatever the number of lessons.
 */
export async function decideZoneChanges(
  ctx: Context,
  tutor: Person,
  body: unknown,
): Promise<z.infer<typeof zoneDecisionView>> {
  const { keep, sessionIds } = parseInput(zoneDecisionInput, body);
  const actor = { personId: tutor.id };
  const decided = await asPerson(ctx.db, actor, async (trx) => {
    await becomeService(trx);
    await lockTutor(trx, tutor.id);
    await becomePerson(trx, actor);
    const lessons = await lessonsByWallClock(trx, ctx.clock(), tutor.id);
    const changes = zoneChangesOf(ctx, lessons).filter(
      ({ lesson }) => sessionIds?.includes(lesson.id) ?? true,
    );
    await becomeService(trx);
    const done = await (keep === "agreed"
      ? moveAll(ctx, trx, changes)
      : keepAll(ctx, trx, changes));
    const ids = done.map(({ lesson }) => lesson.id);
    const starts = new Map(done.map(({ lesson }) => [lesson.id, lesson.scheduled_start_at]));
    if (ids.length === 0) return 0;
    const now = await sessionsByIds(trx, ids);
    for (const some of Map.groupBy(now, (lesson) => lesson.student_id).values()) {
      const lessons = some.map((session) => ({
        session,
        before: starts.get(session.id) ?? session.scheduled_start_at,
      }));
      await mailZoneChanges(ctx, trx, keep, lessons);
    }
    return ids.length;
  });
  return { decided, left: await listZoneChanges(ctx, tutor) };
}

/** In an order in which none has to pass over another one that is still to move. */
async function moveAll(ctx: Context, trx: Trx, changes: ZoneChange[]): Promise<ZoneChange[]> {
  const isEarlier = ({ lesson, agreedAt }: ZoneChange) => agreedAt < lesson.scheduled_start_at;
  const inOrder = [
    ...changes.filter(isEarlier),
    ...changes.filter((change) => !isEarlier(change)).toReversed(),
  ];
  const moved: ZoneChange[] = [];
  for (const change of inOrder) {
    const { lesson, agreedAt: at, zone } = change;
    try {
      await moveLessons(ctx, trx, [{ session: lesson, at, zone: zone.name }], "startsAt");
      moved.push(change);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return moved;
}

async function keepAll(ctx: Context, trx: Trx, changes: ZoneChange[]): Promise<ZoneChange[]> {
  for (const { lesson, zone } of changes) {
    const columns = wallClockColumns(lesson.scheduled_start_at, zone);
    await updateSession(trx, lesson, { ...columns, updated_at: ctx.clock() });
  }
  return changes;
}
