/** Tries a migration's failed lessons again, as a migration of its own in the history. */
import { z } from "zod";
import { asPerson, becomeService, type Trx } from "#lib/platform/db.ts";
import { connectionOf, updateConnection } from "#lib/records/grants/queries.ts";
import type { Connection } from "#lib/records/grants/rules.ts";
import {
  carryOverManualRooms,
  carryOverRefusals,
} from "#lib/records/meetings/queries/carryOver.ts";
import { migrationById, movesWithRooms, openMigration } from "#lib/records/migrations/queries.ts";
import type { Migration, MigrationSessionState } from "#lib/records/migrations/rules.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import { futureSessions } from "#lib/records/sessions/queries.ts";
import { admit } from "#lib/services/verb/admit.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { notFound, noVideoProvider, Refusal } from "#lib/services/verb/errors.ts";
import { asId, id, parseInput } from "#lib/services/verb/input.ts";
import { awaitMigration } from "./awaitMigration.ts";
import { beginMigration } from "./beginMigration.ts";
import { liftPauses } from "./liftPauses.ts";
import { announceMigration } from "./migrationLog.ts";
import type { MigrationResult } from "./views.ts";

export const retryInput = z
  .object({
    sessionIds: z.array(id).min(1).optional().describe("These of them alone; left out: all."),
  })
  .optional();

/**
 * Waits up to `SWITCH_WAIT_SECONDS`. With `sessionIds` it concerns only those lessons, and the other failed
 * ones stay failed; without, it concerns all failed lessons but those that have been given a room of the
 * tutor's own since. Rooms written into other lessons by hand stay. What a waiting migration has left to do
 * goes over into the retry.
 */
export async function retryMigration(
  ctx: Context,
  person: Person,
  migrationId: string,
  body?: unknown,
): Promise<MigrationResult> {
  const chosen = parseInput(retryInput, body)?.sessionIds;
  const migration = await asPerson(ctx.db, { personId: person.id }, async (trx) => {
    const failed = await migrationById(trx, asId(migrationId, "migration"));
    if (!failed) throw notFound("migration");
    await becomeService(trx);
    return beginRetry(ctx, trx, failed, person, chosen);
  });
  announceMigration(ctx, migration);
  return awaitMigration(ctx, migration.id);
}

/**
 * Must run within a transaction of the service role, after `by` has been authorised. `chosen` holds ids of
 * lessons; all if it is left out.
 */
export async function beginRetry(
  ctx: Context,
  trx: Trx,
  failed: Migration,
  by: Person,
  chosen?: string[],
): Promise<Migration> {
  await lockTutor(trx, failed.tutor_id);
  const connection = await connectionOf(trx, failed.tutor_id);
  if (!connection || connection.connection_status === "disconnected") throw noVideoProvider();
  const open = await openMigration(trx, failed.tutor_id);
  if (open?.status === "running") throw new Refusal("wrong_state", "stillUnderWay");
  const future = await futureSessions(trx, failed.tutor_id, ctx.clock());
  const isChosen = (move: Move) => chosen?.includes(move.session_id) ?? !move.own_link_since;
  const ids = new Set(await lessonsIn(trx, failed, "failed", isChosen));
  if (!future.some((session) => ids.has(session.id))) {
    throw new Refusal("wrong_state", "noFailedAhead");
  }
  const isLeft = (move: Move) => !move.own_link_since;
  await admit(ctx, trx, "retry", by.id);
  await liftPauses(ctx, trx, connection);
  for (const id of open ? await lessonsIn(trx, open, "deferred", isLeft) : []) ids.add(id);
  const sessions = future.filter((session) => ids.has(session.id));
  const generation = connection.generation + 1;
  await updateConnection(trx, failed.tutor_id, { generation, updated_at: ctx.clock() });
  await ctx.nudge(trx, failed.tutor_id);
  const migration = await beginMigration(ctx, trx, {
    kind: "retry",
    connection: { ...connection, generation },
    from: cameFrom(open ?? failed, connection),
    sessions,
    ofMigrationId: failed.id,
    createdBy: by.id,
  });
  if (!migration) throw new Error("A retry with lessons began no migration");
  const others = { tutorId: failed.tutor_id, notOf: sessions.map(({ id }) => id), generation };
  await carryOverManualRooms(trx, others, ctx.clock());
  if (chosen) await carryOverRefusals(trx, others, ctx.clock());
  return migration;
}

type Move = Awaited<ReturnType<typeof movesWithRooms>>[number];

async function lessonsIn(
  trx: Trx,
  { id }: Migration,
  state: MigrationSessionState,
  isWanted: (move: Move) => boolean,
): Promise<string[]> {
  const moves = await movesWithRooms(trx, id);
  return moves
    .filter((move) => move.state === state && isWanted(move))
    .map((move) => move.session_id);
}

/** If the tutor has switched since, an undo of the retry must not lead back beyond that switch. */
const cameFrom = (failed: Migration, present: Connection) =>
  failed.to_grant_id === present.grant_id && failed.from_provider && failed.from_grant_id
    ? { provider: failed.from_provider, grantId: failed.from_grant_id }
    : { provider: present.provider, grantId: present.grant_id };
