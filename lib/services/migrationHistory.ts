/** A tutor's migrations as pages and programs see them. */
import { asPerson, type Queryable } from "#lib/platform/db.ts";
import type { ProviderErrorCode } from "#lib/providers/errors.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import {
  countMovesOf,
  type Migration,
  migrationById,
  migrationsOf,
  movesWithRooms,
} from "#lib/records/migrations/queries.ts";
import type { MigrationSessionState } from "#lib/records/migrations/rules.ts";
import type { Context, Person } from "./context.ts";
import { notFound } from "./errors.ts";
import { asId } from "./input.ts";
import type { MigrationDetail, MigrationSessionView, MigrationView } from "./views.ts";

const HISTORY_LENGTH = 50;

/** Newest first. */
export const listMigrations = (ctx: Context, person: Person): Promise<MigrationView[]> =>
  asPerson(ctx.db, { personId: person.id }, (trx) => readMigrations(trx, person.id));

/** @throws Refusal `not_found` */
export const migrationDetail = (
  ctx: Context,
  person: Person,
  id: string,
): Promise<MigrationDetail> =>
  asPerson(ctx.db, { personId: person.id }, async (trx) => {
    const migration = await migrationById(trx, asId(id, "migration"));
    if (!migration) throw notFound("migration");
    return readDetail(trx, migration);
  });

export async function readMigrations(q: Queryable, tutorId: string): Promise<MigrationView[]> {
  return withCounts(q, await migrationsOf(q, tutorId, HISTORY_LENGTH));
}

async function readDetail(q: Queryable, migration: Migration): Promise<MigrationDetail> {
  const [view] = await withCounts(q, [migration]);
  const moves = await movesWithRooms(q, migration.id);
  if (!view) throw notFound("migration");
  return { ...view, sessions: moves.map(toSessionView) };
}

export async function readDetailById(q: Queryable, id: string): Promise<MigrationDetail | null> {
  const migration = await migrationById(q, id);
  return migration ? readDetail(q, migration) : null;
}

async function withCounts(q: Queryable, migrations: Migration[]): Promise<MigrationView[]> {
  if (migrations.length === 0) return [];
  const rows = await countMovesOf(
    q,
    migrations.map(({ id }) => id),
  );
  return migrations.map((migration) => {
    const count = (...states: MigrationSessionState[]) =>
      rows
        .filter((row) => row.migration_id === migration.id && states.includes(row.state))
        .reduce((sum, row) => sum + Number(row.count), 0);
    return {
      id: migration.id,
      kind: migration.kind,
      status: migration.status,
      generation: migration.generation,
      from: migration.from_provider,
      to: migration.to_provider,
      total: migration.total,
      moved: count("moved"),
      failed: count("failed"),
      deferred: count("deferred"),
      skipped: count("skipped", "superseded"),
      remaining: count("pending", "moving"),
      createdAt: migration.created_at.toISOString(),
      settledAt: iso(migration.settled_at),
      finishedAt: iso(migration.finished_at),
      waitingUntil: iso(migration.waiting_until),
      undoUntil: iso(migration.undo_until),
    };
  });
}

type Move = Awaited<ReturnType<typeof movesWithRooms>>[number];

const toSessionView = (move: Move): MigrationSessionView => ({
  sessionId: move.session_id,
  subject: move.subject,
  student: move.student,
  startsAt: move.scheduled_start_at.toISOString(),
  state: move.state,
  from: room(move.from_provider, move.from_url),
  to: room(move.to_provider, move.to_url),
  attempts: move.attempts,
  nextAttemptAt: iso(move.next_attempt_at),
  error: move.error_code
    ? { code: move.error_code as ProviderErrorCode, detail: move.error_detail }
    : null,
});

const room = (provider: ProviderId | null, url: string | null) =>
  provider && url ? { provider, url } : null;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
