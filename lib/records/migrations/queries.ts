import { type Insertable, sql, type Updateable, type UpdateObject } from "kysely";
import type { DB, MigrationSessions, Migrations } from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import type { Meeting } from "#lib/records/meetings/rules.ts";
import { nameOfStudent } from "#lib/records/students/queries.ts";
import type { Migration, MigrationCounts, MigrationSessionState } from "./rules.ts";

const open = ["pending", "moving", "deferred"] as const satisfies MigrationSessionState[];

export const migrationById = (q: Queryable, id: string): Promise<Migration | undefined> =>
  q.selectFrom("migrations").selectAll().where("id", "=", id).executeTakeFirst();

/** The undo of this migration, if it is the tutor's newest change. */
export const newestUndoOf = (q: Queryable, id: string, newest: number) =>
  q
    .selectFrom("migrations")
    .select("id")
    .where("of_migration_id", "=", id)
    .where("kind", "=", "undo")
    .where("generation", "=", newest)
    .executeTakeFirst();

/** Of these migrations those that are undos themselves. */
export const undosAmong = (q: Queryable, ids: string[]) =>
  q
    .selectFrom("migrations")
    .select("id")
    .where("id", "in", ids)
    .where("kind", "=", "undo")
    .execute();

/** @param before only those of an earlier generation. @returns the newest first */
export const migrationsOf = (
  q: Queryable,
  tutorId: string,
  limit: number,
  before?: number,
): Promise<Migration[]> =>
  q
    .selectFrom("migrations")
    .selectAll()
    .where("tutor_id", "=", tutorId)
    .$if(before !== undefined, (older) => older.where("generation", "<", before ?? 0))
    .orderBy("generation", "desc")
    .limit(limit)
    .execute();

/** The migration in progress, if there is one. */
export const openMigration = (q: Queryable, tutorId: string): Promise<Migration | undefined> =>
  q
    .selectFrom("migrations")
    .selectAll()
    .where("tutor_id", "=", tutorId)
    .where("status", "in", ["running", "waiting"])
    .executeTakeFirst();

export async function insertMigration(
  trx: Trx,
  migration: Insertable<Migrations>,
  sessions: Insertable<MigrationSessions>[],
): Promise<Migration> {
  const row = await trx
    .insertInto("migrations")
    .values(migration)
    .returningAll()
    .executeTakeFirstOrThrow();
  await trx.insertInto("migration_sessions").values(sessions).execute();
  return row;
}

export const updateMigration = (trx: Trx, id: string, change: Updateable<Migrations>) =>
  trx.updateTable("migrations").set(change).where("id", "=", id).execute();

/** The lessons that the open migration still has to move. The reconciler works from these rows. */
export const openMoves = (q: Queryable, tutorId: string) =>
  q
    .selectFrom("migration_sessions as ms")
    .innerJoin("migrations as m", "m.id", "ms.migration_id")
    .select(["ms.session_id", "ms.migration_id", "ms.state", "m.generation"])
    .where("m.tutor_id", "=", tutorId)
    .where("m.status", "in", ["running", "waiting"])
    .where("ms.state", "in", open)
    .execute();

/** The columns of a lesson's row that needs nothing more. */
const atEnd = (now: Date) => ({ next_attempt_at: null, finished_at: now });

/** Whose row, and the generation that the work was done for, such as a row of the ledger. */
type MoveOf = Pick<Meeting, "tutor_id" | "session_id" | "generation">;

/**
 * Changes the lesson's row in the open migration if that row is still open: a late result of an older generation says
 * nothing about the open migration.
 * @returns false where the lesson has no open row in it
 */
export async function changeOpenMove(
  trx: Trx,
  of: MoveOf,
  change: UpdateObject<DB, "migration_sessions">,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("migration_sessions")
    .set({ ...change, updated_at: now })
    .where("session_id", "=", of.session_id)
    .where("state", "in", open)
    .where("migration_id", "in", (eb) =>
      eb
        .selectFrom("migrations")
        .select("id")
        .where("tutor_id", "=", of.tutor_id)
        .where("generation", "=", of.generation)
        .where("status", "in", ["running", "waiting"]),
    )
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** The same for a row that needs nothing more after it. */
export const endOpenMove = (
  trx: Trx,
  of: MoveOf,
  change: UpdateObject<DB, "migration_sessions">,
  now: Date,
): Promise<boolean> => changeOpenMove(trx, of, { ...change, ...atEnd(now) }, now);

/** A newer migration supersedes this one, so its open rows are no longer wanted. */
export const supersedeMoves = (trx: Trx, migrationId: string, now: Date) =>
  trx
    .updateTable("migration_sessions")
    .set({ state: "superseded", ...atEnd(now), updated_at: now })
    .where("migration_id", "=", migrationId)
    .where("state", "in", open)
    .execute();

export async function countMoves(q: Queryable, migrationId: string): Promise<MigrationCounts> {
  const rows = await q
    .selectFrom("migration_sessions")
    .select((eb) => ["state", eb.fn.countAll<number>().as("count")])
    .where("migration_id", "=", migrationId)
    .groupBy("state")
    .execute();
  const counts: MigrationCounts = {
    pending: 0,
    moving: 0,
    moved: 0,
    failed: 0,
    skipped: 0,
    deferred: 0,
    superseded: 0,
  };
  for (const row of rows) counts[row.state] = Number(row.count);
  return counts;
}

/**
 * Counts of several migrations at once, for lists. `answered`: those whose lesson a newer migration has moved, or has had a
 * link of its tutor's own since.
 */
export const countMovesOf = (q: Queryable, migrationIds: string[]) =>
  q
    .selectFrom("migration_sessions as ms")
    .innerJoin("migrations as g", "g.id", "ms.migration_id")
    .select((eb) => [
      "ms.migration_id",
      "ms.state",
      eb.fn.countAll<number>().as("count"),
      sql<number>`count(*) filter (where exists ${newerMove} or exists ${newerOwnLink})`.as(
        "answered",
      ),
    ])
    .where("ms.migration_id", "in", migrationIds)
    .groupBy(["ms.migration_id", "ms.state"])
    .execute();

/** Of a row `ms` of the migration `g`: a newer migration that has moved its lesson. */
const newerMove = sql<boolean>`(select from migration_sessions l join migrations lg on lg.id = l.migration_id
  where l.session_id = ms.session_id and lg.generation > g.generation and l.state = 'moved')`;

/** A room that its tutor has given a lesson since. @param session and since name columns of the query around it */
export const ownLinkSince = (session: string, since: string) =>
  sql<boolean>`(select from sessions os join meetings om on om.id = os.meeting_id
    where os.id = ${sql.ref(session)} and om.origin = 'manual' and om.created_at > ${sql.ref(since)})`;

const newerOwnLink = ownLinkSince("ms.session_id", "g.created_at");

/** The earliest date that a deferred row waits for. */
export async function deferredUntil(q: Queryable, migrationId: string): Promise<Date | null> {
  const row = await q
    .selectFrom("migration_sessions")
    .select((eb) => eb.fn.min("next_attempt_at").as("at"))
    .where("migration_id", "=", migrationId)
    .where("state", "=", "deferred")
    .executeTakeFirst();
  return row?.at ?? null;
}

/**
 * Each lesson of a migration with the rooms that it came from and went to, soonest first. Also how many
 * people entered the room that it came from, and what has happened since: whether it has a room of the
 * tutor's own, and whether a newer migration has moved it.
 */
export const movesWithRooms = (q: Queryable, migrationId: string) =>
  q
    .selectFrom("migration_sessions as ms")
    .innerJoin("migrations as g", "g.id", "ms.migration_id")
    .innerJoin("sessions as s", "s.id", "ms.session_id")
    .innerJoin("bookings as b", "b.id", "s.booking_id")
    .innerJoin("people as p", "p.id", "s.student_id")
    .leftJoin("tutor_students as ts", (join) =>
      join.onRef("ts.tutor_id", "=", "s.tutor_id").onRef("ts.student_id", "=", "s.student_id"),
    )
    .leftJoin("meetings as f", "f.id", "ms.from_meeting_id")
    .leftJoin("meetings as t", "t.id", "ms.to_meeting_id")
    .select((eb) => [
      eb
        .selectFrom("session_joins as j")
        .select((joins) => joins.fn.count<number>("j.person_id").distinct().as("count"))
        .whereRef("j.session_id", "=", "ms.session_id")
        .whereRef("j.meeting_id", "=", "ms.from_meeting_id")
        .as("entered"),
      sql<boolean>`exists ${newerOwnLink}`.as("own_link_since"),
      sql<boolean>`exists ${newerMove}`.as("moved_since"),
      "s.status",
      "ms.session_id",
      "b.subject",
      nameOfStudent.as("student"),
      "s.scheduled_start_at",
      "ms.state",
      "ms.attempts",
      "ms.next_attempt_at",
      "ms.error_code",
      "ms.error_detail",
      "f.provider as from_provider",
      "f.join_url as from_url",
      "t.provider as to_provider",
      "t.join_url as to_url",
    ])
    .where("ms.migration_id", "=", migrationId)
    .orderBy("ms.position")
    .execute();

export const movesIn = (q: Queryable, migrationId: string, state: MigrationSessionState) =>
  q
    .selectFrom("migration_sessions")
    .selectAll()
    .where("migration_id", "=", migrationId)
    .where("state", "=", state)
    .orderBy("position")
    .execute();

/** Who started each of a tutor's migrations. */
export const beginners = (q: Queryable, tutorId: string) =>
  q
    .selectFrom("migrations as m")
    .innerJoin("people as p", "p.id", "m.created_by")
    .select(["m.id", "p.id as person_id", "p.name"])
    .where("m.tutor_id", "=", tutorId)
    .execute();
