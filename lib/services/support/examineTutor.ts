/** Examines one tutor for support: the present state, what waits, and what isn't as it should be. */
import { asService, type Trx } from "#lib/platform/db.ts";
import { mailsTo } from "#lib/records/mails/queries.ts";
import { awaitingOrphanScan, strandedRooms } from "#lib/records/meetings/queries/orphans.ts";
import { beginners, movesWithRooms } from "#lib/records/migrations/queries.ts";
import { openTroubles } from "#lib/records/operator/queries.ts";
import { addressesAround, tutorByIdOrEmail } from "#lib/records/people/queries.ts";
import { manuallyEditedSessions } from "#lib/records/sessions/queries/manualEdits.ts";
import { isFuture, isRunning } from "#lib/records/sessions/rules.ts";
import { findOrphans, type GrantScan } from "#lib/services/drift/findOrphans.ts";
import { readSnapshot, type TutorSnapshot } from "#lib/services/reconcile/snapshot.ts";
import { readConnectionEvents } from "#lib/services/switching/connectionHistory.ts";
import { readMigrations } from "#lib/services/switching/migrationHistory.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { notFound } from "#lib/services/verb/errors.ts";
import { checksOf } from "./examine/checks.ts";
import { lessonReport } from "./examine/lessons.ts";
import { waitingRows } from "./examine/waiting.ts";
import type { TutorReport } from "./views.ts";

const MIGRATIONS = 10;
const MAILS = 50;

/** Finds a tutor by id or e-mail address. @throws Refusal `not_found` */
export async function findTutor(ctx: Context, who: string) {
  const tutor = await asService(ctx.db, (trx) => tutorByIdOrEmail(trx, who.trim()));
  if (!tutor) throw notFound("tutor");
  const { confirmed_at: confirmedAt, ...person } = tutor;
  return { ...person, isConfirmed: confirmedAt !== null };
}

/**
 * Only reads, unless `asking` is set: then the providers' own lists are compared with ours, and orphans that
 * are found there are deleted; nothing else changes.
 * @throws Refusal `not_found`
 */
export async function examineTutor(
  ctx: Context,
  who: string,
  { asking = false }: { asking?: boolean } = {},
): Promise<TutorReport> {
  const tutor = await findTutor(ctx, who);
  const now = ctx.clock();
  // Read this before the provider is asked: a room made in between would seem to be missing there.
  const snapshot = await readSnapshot(ctx, tutor.id);
  const rows = await asService(ctx.db, (trx) => readRows(trx, tutor.id, now));
  const scans = asking ? (await findOrphans(ctx, tutor.id)).grants : [];
  const future = [...snapshot.sessions.values()]
    .filter((session) => isFuture(session, now))
    .sort((a, b) => a.scheduled_start_at.getTime() - b.scheduled_start_at.getTime());
  const changed = new Set(rows.byHand.map(({ id }) => id));
  const seen = {
    tutor,
    connection: connectionIn(snapshot),
    events: rows.events,
    lessons: future.map((session) => lessonReport(ctx, snapshot, session, { changed, scans })),
    running: [...snapshot.sessions.values()]
      .filter((session) => isRunning(session, now))
      .map(({ id, title, provider }) => ({ id, title, provider })),
    migrations: rows.migrations,
    moves: rows.moves,
    waiting: waitingRows(snapshot, rows.late, now, ctx.providers.has),
    stranded: rows.stranded.map((row) => ({
      meetingId: row.id,
      provider: row.provider,
      externalId: row.external_id,
      startsAt: row.starts_at.toISOString(),
    })),
    accounts: scans.map(accountOf),
    mails: rows.mails,
  };
  return { ...seen, checks: checksOf(seen, scans, rows.troubles) };
}

async function readRows(trx: Trx, tutorId: string, now: Date) {
  const migrations = (await readMigrations(trx, tutorId)).slice(0, MIGRATIONS);
  const by = await beginners(trx, tutorId);
  const newest = migrations[0];
  const moves = newest ? await movesWithRooms(trx, newest.id) : [];
  const mails = await mailsTo(trx, await addressesAround(trx, tutorId), MAILS);
  return {
    // Its timeline stands alone, so it also tells what a switch brought.
    events: await readConnectionEvents(trx, tutorId, []),
    troubles: await openTroubles(trx),
    byHand: await manuallyEditedSessions(trx, { now, tutorId }),
    late: await awaitingOrphanScan(trx, tutorId),
    stranded: await strandedRooms(trx, tutorId, now),
    migrations: migrations.map((migration) => {
      const person = by.find(({ id }) => id === migration.id);
      return {
        ...migration,
        by: { name: person?.name ?? "", isTutor: person?.person_id === tutorId },
      };
    }),
    moves: moves
      .filter(({ state, error_code: code }) => code !== null || unfinished.has(state))
      .map((row) => ({
        lesson: {
          id: row.session_id,
          title: `${row.subject} · ${row.student}`,
          startsAt: row.scheduled_start_at.toISOString(),
        },
        state: row.state,
        attempts: row.attempts,
        nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
        error: row.error_code ? { code: row.error_code, detail: row.error_detail } : null,
      })),
    mails: mails.map((row) => ({
      id: row.id,
      to: row.to_email,
      subject: row.subject,
      status: row.status,
      attempts: row.attempts,
      createdAt: row.created_at.toISOString(),
      sentAt: row.sent_at?.toISOString() ?? null,
      reason: row.error_code,
      nextAttemptAt: row.status === "queued" ? row.next_attempt_at.toISOString() : null,
      error: row.error_detail,
    })),
  };
}

const unfinished = new Set(["pending", "moving", "failed", "deferred"]);

function connectionIn({ connection }: TutorSnapshot): TutorReport["connection"] {
  if (!connection) return null;
  return {
    provider: connection.provider,
    status: connection.connection_status,
    account: connection.account_email,
    connectedAt: connection.connected_at.toISOString(),
    updatedAt: connection.updated_at.toISOString(),
    error: connection.error_detail ?? connection.error_code,
    pausedUntil: connection.refresh_next_at?.toISOString() ?? null,
    failedRefreshes: connection.refresh_failures,
    refreshError: connection.refresh_error,
  };
}

const accountOf = (scan: GrantScan): TutorReport["accounts"][number] => ({
  provider: scan.provider,
  current: scan.current,
  looked: scan.looked,
  detail: scan.error?.detail ?? null,
  rooms: scan.living.length,
  strays: scan.orphans.length,
  unknown: scan.unknown.length,
});
