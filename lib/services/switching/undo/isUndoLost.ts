/** What a change needs to be taken back, beside its time. */
import type { Trx } from "#lib/platform/db.ts";
import { grantRow, type StoredTokens } from "#lib/records/grants/queries.ts";
import type { Connection } from "#lib/records/grants/rules.ts";
import { isUndoable, type Migration } from "#lib/records/migrations/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";

type Known = Pick<Connection, "provider" | "connection_status" | "error_code"> & {
  [column in keyof StoredTokens]: StoredTokens[column] | null;
};

/** One that its tutor disconnected isn't taken up again without a new consent. */
export const isUsable = <G extends Known>(ctx: Context, grant: G): grant is G & StoredTokens =>
  ctx.providers.has(grant.provider) &&
  grant.connection_status === "connected" &&
  grant.error_code === null &&
  grant.access_token_encrypted !== null &&
  grant.refresh_token_encrypted !== null;

/**
 * Whether its time to undo isn't over, and it can't be undone all the same: it isn't the newest change, or what lessons
 * would go back to can't be used any more. For a page, before anybody presses; runs as the service. Who has connected the
 * account meanwhile isn't asked: that is rare, and the undo itself says so.
 */
export async function isUndoLost(
  ctx: Context,
  trx: Trx,
  migration: Migration,
  generation: number | undefined,
): Promise<boolean> {
  if (!isUndoable(migration, ctx.clock())) return false;
  const { tutor_id: tutorId, from_grant_id: grantId } = migration;
  if (migration.generation !== generation || grantId === null) return true;
  const grant = await grantRow(trx, tutorId, grantId);
  return grant === undefined || !isUsable(ctx, grant);
}
