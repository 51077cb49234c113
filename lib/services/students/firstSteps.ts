import { asService } from "#lib/platform/db.ts";
import { firstStepsOf } from "#lib/records/students/queries/firstSteps.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";

export interface Step {
  name: "connect" | "lessons" | "share";
  isDone: boolean;
}

/** What a new tutor has done of what leads to a first lesson; null once all is done, or one has been given. */
export async function firstSteps(ctx: Context, tutor: Person): Promise<Step[] | null> {
  const found = await asService(ctx.db, (trx) => firstStepsOf(trx, tutor.id));
  const steps: Step[] = [
    { name: "connect", isDone: found.is_connected },
    { name: "lessons", isDone: found.has_lessons },
    { name: "share", isDone: found.has_lessons && found.has_shared },
  ];
  return found.has_taught || steps.every(({ isDone }) => isDone) ? null : steps;
}
