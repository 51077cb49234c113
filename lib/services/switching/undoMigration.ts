/**
 * Takes a tutor's newest migration back, as a migration of its own in the history: the old grant is
 * the current one again, and lessons point at their old rooms wherever those still live. Which is all
 * in one transaction and without a provider's help, so an undo works while the provider is away.
 */
import { asPerson, becomeService, type Trx } from "#lib/platform/db.ts";
import {
  lockConnection,
  otherTutorOn,
  retireConnection,
  takeOutOfRetirement,
  updateConnection,
} from "#lib/records/grants/queries.ts";
import type { Connection } from "#lib/records/grants/rules.ts";
import { migrationById, newestUndoOf } from "#lib/records/migrations/queries.ts";
import { isUndoable, type Migration } from "#lib/records/migrations/rules.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import { futureSessions } from "#lib/records/sessions/queries.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { notFound, noVideoProvider, Refusal } from "#lib/services/verb/errors.ts";
import { asId } from "#lib/services/verb/input.ts";
import { awaitMigration, nothingToMove } from "./awaitMigration.ts";
import { beginMigration } from "./beginMigration.ts";
import { announceMigration, logMoved, logMoving } from "./migrationLog.ts";
import { settleMigration } from "./settleMigration.ts";
import { isUsable } from "./undo/isUndoLost.ts";
import { swapBack } from "./undo/swapBack.ts";
import type { MigrationResult } from "./views.ts";

/**
 * Waits up to `SWITCH_WAIT_SECONDS` for the lessons that need a new room at the old grant. Pressed again, it answers
 * with the undo that is there.
 * @throws Refusal `wrong_state` when it isn't the newest change, its window is over, or the grant it
 * would go back to can't be used any more; `account_in_use` when another tutor has that account now
 */
export async function undoMigration(
  ctx: Context,
  person: Person,
  migrationId: string,
): Promise<MigrationResult> {
  const { undone, undo, swapped, again } = await asPerson(
    ctx.db,
    { personId: person.id },
    async (trx) => {
      const seen = await migrationById(trx, asId(migrationId, "migration"));
      if (!seen) throw notFound("migration");
      await becomeService(trx);
      await lockTutor(trx, seen.tutor_id);
      // Anew: it may have come to rest, or been replaced, while the lock was waited for.
      const undone = await migrationById(trx, seen.id);
      const present = await lockConnection(trx, seen.tutor_id);
      if (!undone || !present) throw noVideoProvider();
      const again = await newestUndoOf(trx, undone.id, present.generation);
      if (again) return { undone, undo: null, swapped: [], again };
      refuseUnlessUndoable(ctx, undone, present);
      const now = ctx.clock();
      const connection = await putGrantBack(ctx, trx, undone, present);
      await ctx.nudge(trx, undone.tutor_id);
      const sessions = await futureSessions(trx, undone.tutor_id, now);
      const undo = await beginMigration(ctx, trx, {
        kind: "undo",
        connection,
        from: { provider: present.provider, grantId: present.grant_id },
        sessions,
        ofMigrationId: undone.id,
        createdBy: person.id,
      });
      const swapped = undo ? await swapBack(trx, { undone, undo, sessions, now }) : [];
      return { undone, undo, swapped, again: null };
    },
  );
  if (again) return awaitMigration(ctx, again.id);
  if (!undo) return nothingToMove(undone.from_provider ?? undone.to_provider);
  announceMigration(ctx, undo);
  for (const sessionId of swapped) {
    const ids = { tutorId: undo.tutor_id, migrationId: undo.id, sessionId };
    logMoving(ctx, ids);
    logMoved(ctx, ids, undo.to_provider);
  }
  await settleMigration(ctx, undo.tutor_id);
  return awaitMigration(ctx, undo.id);
}

/** The generation also tells of newer changes that found no lesson to move and left no migration. */
function refuseUnlessUndoable(ctx: Context, undone: Migration, present: Connection): void {
  if (undone.generation !== present.generation) {
    throw new Refusal("wrong_state", "onlyTheNewest");
  }
  if (!isUndoable(undone, ctx.clock())) {
    throw new Refusal("wrong_state", "undoIsOver");
  }
}

/** The connection that lessons go back to, with the next generation; the present one retires. */
async function putGrantBack(ctx: Context, trx: Trx, undone: Migration, present: Connection) {
  const generation = present.generation + 1;
  const now = ctx.clock();
  if (undone.from_grant_id === present.grant_id) {
    if (!isUsable(ctx, present)) throw deadGrant(ctx, undone);
    await updateConnection(trx, present.tutor_id, { generation, updated_at: now });
    return { ...present, generation };
  }
  await retireConnection(trx, present, now);
  const grant = undone.from_grant_id && (await takeOutOfRetirement(trx, undone.from_grant_id));
  if (!grant || !isUsable(ctx, grant)) throw deadGrant(ctx, undone);
  await refuseTakenAccount(ctx, trx, grant);
  await updateConnection(trx, present.tutor_id, { ...grant, generation, updated_at: now });
  return { ...grant, generation };
}

function deadGrant(ctx: Context, undone: Migration): Refusal {
  const label = ctx.providers.label(undone.from_provider ?? undone.to_provider);
  const isSameGrant = undone.from_grant_id === undone.to_grant_id;
  return new Refusal("wrong_state", isSameGrant ? "deadGrantHere" : "deadGrantBefore", {
    provider: label,
  });
}

/** While the grant was retired, somebody else may have connected the account, which voided our tokens. */
async function refuseTakenAccount(
  ctx: Context,
  trx: Trx,
  grant: Pick<Connection, "tutor_id" | "provider" | "account_user_id">,
): Promise<void> {
  const provider = ctx.providers.get(grant.provider);
  if (!provider.oneGrantPerAccount) return;
  const account = { ...grant, tutorId: grant.tutor_id, accountUserId: grant.account_user_id };
  if (!(await otherTutorOn(trx, account))) return;
  throw new Refusal("account_in_use", "accountTakenSince", { provider: provider.label });
}
