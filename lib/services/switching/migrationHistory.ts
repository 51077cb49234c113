/** Reads a tutor's migrations for pages and programs. */
import { asPerson, type Queryable } from "#lib/platform/db.ts";
import { type Paged, toPaged } from "#lib/platform/paging.ts";
import type { ProviderErrorCode } from "#lib/providers/errors.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import { accountEmails } from "#lib/records/grants/queries/accounts.ts";
import {
  countMovesOf,
  migrationById,
  migrationsOf,
  movesWithRooms,
  undosAmong,
} from "#lib/records/migrations/queries.ts";
import type { Migration, MigrationSessionState } from "#lib/records/migrations/rules.ts";
import { namesOf } from "#lib/records/people/queries.ts";
import { openStatuses } from "#lib/records/sessions/rules.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { notFound } from "#lib/services/verb/errors.ts";
import { asId } from "#lib/services/verb/input.ts";
import { firstPage } from "#lib/services/verb/page.ts";
import type { MigrationDetail, MigrationSessionView, MigrationView } from "./views.ts";

/** What a page shows of them. */
const HISTORY_LENGTH = 50;

/** Newest first. */
export const listMigrations = (
  ctx: Context,
  person: Person,
  page = firstPage,
): Promise<Paged<MigrationView>> =>
  asPerson(ctx.db, { personId: person.id }, async (trx) => {
    const before = page.after ? Number(page.after.by) : undefined;
    const rows = await migrationsOf(trx, person.id, page.limit + 1, before);
    const views = await withCounts(trx, rows);
    return toPaged(page, views, ({ generation, id }) => ({ by: `${generation}`, id }));
  });

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
  const sessions = (await movesWithRooms(q, migration.id)).map(toSessionView);
  if (!view) throw notFound("migration");
  // Counted once more: a worker may have moved a lesson since, and the page shows lessons and numbers together.
  const answered = ({ state, since }: MigrationSessionView) => state === "failed" && since !== null;
  return {
    ...view,
    ...countsBy((state) => sessions.filter((one) => one.state === state).length),
    answeredSince: sessions.filter(answered).length,
    sessions,
  };
}

type Counts = Pick<MigrationView, "moved" | "failed" | "deferred" | "skipped" | "remaining">;

const countsBy = (count: (state: MigrationSessionState) => number): Counts => ({
  moved: count("moved"),
  failed: count("failed"),
  deferred: count("deferred"),
  skipped: count("skipped") + count("superseded"),
  remaining: count("pending") + count("moving"),
});

export async function readDetailById(q: Queryable, id: string): Promise<MigrationDetail | null> {
  const migration = await migrationById(q, id);
  return migration ? readDetail(q, migration) : null;
}

/**
 * Finds failed future lessons that no newer migration took up. Only a retry may concern some of the lessons;
 * every other kind concerned all of them, so nothing older than it is left over.
 */
export async function readLeftOver(
  q: Queryable,
  history: MigrationView[],
  now: Date,
): Promise<MigrationDetail[]> {
  const takenUp = new Set<string>();
  const left: MigrationDetail[] = [];
  for (const [index, { id, kind }] of history.entries()) {
    const detail = await readDetailById(q, id);
    if (!detail) break;
    const sessions = detail.sessions.filter(
      (session) => !takenUp.has(session.sessionId) && isStillFailed(session, now),
    );
    if (index > 0 && sessions.length > 0) left.push({ ...detail, sessions });
    for (const { sessionId } of detail.sessions) takenUp.add(sessionId);
    if (kind !== "retry") break;
  }
  return left;
}

const isStillFailed = (session: MigrationSessionView, now: Date): boolean =>
  session.state === "failed" &&
  session.since === null &&
  session.startsAt >= now.toISOString() &&
  openStatuses.some((status) => status === session.lessonStatus);

async function withCounts(q: Queryable, migrations: Migration[]): Promise<MigrationView[]> {
  if (migrations.length === 0) return [];
  const rows = await countMovesOf(
    q,
    migrations.map(({ id }) => id),
  );
  const authors = await namesOf(
    q,
    migrations.map((migration) => migration.created_by),
  );
  const undone = migrations.flatMap(({ kind, of_migration_id: id }) =>
    kind === "undo" && id !== null ? [id] : [],
  );
  const undos = new Set(
    undone.length === 0 ? [] : (await undosAmong(q, undone)).map(({ id }) => id),
  );
  const emails = await accountEmails(q, migrations.flatMap(grantsOfAccountChange));
  return migrations.map((migration) => {
    const [from, to] = grantsOfAccountChange(migration).map((grant) => emails.get(grant));
    const { created_at: createdAt, settled_at: settledAt } = migration;
    const of = (state: MigrationSessionState) =>
      rows.find((row) => row.migration_id === migration.id && row.state === state);
    const count = (state: MigrationSessionState) => Number(of(state)?.count ?? 0);
    const answered = Number(of("failed")?.answered ?? 0);
    return {
      id: migration.id,
      kind: migration.kind,
      isRedo: migration.of_migration_id !== null && undos.has(migration.of_migration_id),
      status: migration.status,
      generation: migration.generation,
      from: migration.from_provider,
      to: migration.to_provider,
      accounts: from && to ? { from, to } : null,
      total: migration.total,
      ...countsBy(count),
      answeredSince: answered,
      createdBy: authors.find(({ id }) => id === migration.created_by) ?? null,
      createdAt: createdAt.toISOString(),
      settledAt: iso(settledAt),
      durationMs: settledAt && settledAt.getTime() - createdAt.getTime(),
      finishedAt: iso(migration.finished_at),
      waitingUntil: iso(migration.waiting_until),
      undoUntil: iso(migration.undo_until),
    };
  });
}

/** The two grants where it went from one account to another of the same provider; otherwise none. */
const grantsOfAccountChange = (migration: Migration): string[] => {
  const { from_provider: from, to_provider: to } = migration;
  const { from_grant_id: before, to_grant_id: after } = migration;
  return before && from === to && before !== after ? [before, after] : [];
};

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
  lessonStatus: move.status,
  since: sinceThen(move),
  // Counted only while it matters: people may still be in the old room.
  enteredOld: move.state === "moved" && move.status === "JOIN_OPEN" ? Number(move.entered) : 0,
  error: move.error_code
    ? { code: move.error_code as ProviderErrorCode, detail: move.error_detail }
    : null,
});

function sinceThen(move: Move): MigrationSessionView["since"] {
  if (move.own_link_since) return "own_link";
  return move.moved_since ? "moved" : null;
}

const room = (provider: ProviderId | null, url: string | null) =>
  provider && url ? { provider, url } : null;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
