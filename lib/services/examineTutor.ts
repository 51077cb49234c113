/** What support wants to know of one tutor: what is, what waits, and what isn't as it should be. */
import { asService } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { ConnectionStatus } from "#lib/records/grants/rules.ts";
import { awaitingStrayLook, strandedRooms } from "#lib/records/meetings/strays.ts";
import { isOpenMigration } from "#lib/records/migrations/rules.ts";
import { tutorByIdOrEmail } from "#lib/records/people/queries.ts";
import { sessionsChangedByHand } from "#lib/records/sessions/byHand.ts";
import { isFuture } from "#lib/records/sessions/rules.ts";
import type { Context } from "./context.ts";
import { notFound } from "./errors.ts";
import { type LessonReport, lessonReport } from "./examineTutor/lessons.ts";
import { type WaitingRow, waitingRows } from "./examineTutor/waiting.ts";
import { findStrays, type StraysReport } from "./findStrays.ts";
import { readMigrations } from "./migrationHistory.ts";
import { readBoard, type TutorBoard } from "./reconcile/board.ts";
import type { MigrationView } from "./views.ts";

export interface TutorReport {
  tutor: { id: string; name: string; email: string };
  connection: {
    provider: ProviderId;
    status: ConnectionStatus;
    account: string;
    error: string | null;
    pausedUntil: Date | null;
  } | null;
  lessons: LessonReport[];
  /** Open ones and the newest. */
  migrations: MigrationView[];
  waiting: WaitingRow[];
  stranded: {
    meetingId: string;
    provider: ProviderId;
    externalId: string | null;
    startsAt: Date;
  }[];
  strays: StraysReport["grants"];
}

/**
 * Asks the providers once, as Check links does; strays that it finds are deleted, nothing else changes.
 * @param who id or e-mail address
 * @throws Refusal `not_found`
 */
export async function examineTutor(ctx: Context, who: string): Promise<TutorReport> {
  const tutor = await asService(ctx.db, (trx) => tutorByIdOrEmail(trx, who));
  if (!tutor) throw notFound("tutor");
  const now = ctx.clock();
  // Before the provider is asked: a room made in between would seem to be missing there.
  const board = await readBoard(ctx, tutor.id);
  const more = await asService(ctx.db, async (trx) => ({
    byHand: await sessionsChangedByHand(trx, { now, tutorId: tutor.id }),
    late: await awaitingStrayLook(trx, tutor.id),
    migrations: await readMigrations(trx, tutor.id),
    stranded: await strandedRooms(trx, tutor.id, now),
  }));
  const strays = (await findStrays(ctx, tutor.id)).grants;
  const future = [...board.sessions.values()]
    .filter((session) => isFuture(session, now))
    .sort((a, b) => a.scheduled_start_at.getTime() - b.scheduled_start_at.getTime());
  const changed = new Set(more.byHand.map(({ id }) => id));
  return {
    tutor,
    connection: connectionIn(board),
    lessons: future.map((session) => lessonReport(ctx, board, session, { changed, strays })),
    migrations: more.migrations.filter((one, place) => place === 0 || isOpenMigration(one.status)),
    waiting: waitingRows(board, more.late, now),
    stranded: more.stranded.map((row) => ({
      meetingId: row.id,
      provider: row.provider,
      externalId: row.external_id,
      startsAt: row.starts_at,
    })),
    strays,
  };
}

function connectionIn({ connection }: TutorBoard): TutorReport["connection"] {
  if (!connection) return null;
  return {
    provider: connection.provider,
    status: connection.connection_status,
    account: connection.account_email,
    error: connection.error_detail ?? connection.error_code,
    pausedUntil: connection.refresh_next_at,
  };
}
