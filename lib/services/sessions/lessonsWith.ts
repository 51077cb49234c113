import { lessonsOfStudent } from "#lib/records/sessions/queries.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { readSessions } from "./listSessions.ts";
import type { SessionView } from "./views.ts";

/** A tutor's lessons with one student that are still ahead or under way, soonest first. */
export const lessonsWith = (
  ctx: Context,
  tutor: Person,
  studentId: string,
): Promise<SessionView[]> =>
  readSessions(ctx, tutor, (trx) => lessonsOfStudent(trx, studentId, ctx.clock()));
