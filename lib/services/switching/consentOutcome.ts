/**
 * What became of a consent's answer, kept beside its used state: an answer that comes again, by a double press, a
 * reload or the way back, is answered like its first use.
 */
import { z } from "zod";
import { addSeconds } from "#lib/platform/clock.ts";
import { asService, type Trx } from "#lib/platform/db.ts";
import { CONSENT_SECONDS } from "#lib/platform/patience.ts";
import { attemptByHash, storeOutcome } from "#lib/records/grants/queries/attempts.ts";
import type { Migration } from "#lib/records/migrations/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { awaitMigration } from "./awaitMigration.ts";
import { ConnectFailed, connectErrors } from "./connectErrors.ts";
import { migrationResult } from "./views.ts";

const LOOK_AGAIN_MS = 200;

/** A switch without its lessons. */
const counts = migrationResult.omit({ sessions: true });
export type ConsentResult = z.infer<typeof counts> | null;

const outcomes = z.union([
  z.object({ error: z.enum(connectErrors) }),
  z.object({
    /** Null if nothing had to move. */
    result: counts.nullable(),
    /** Whether somebody was answered so. Until then the switch is followed. */
    isAnswered: z.boolean(),
  }),
]);
type Outcome = z.infer<typeof outcomes>;

/** In the transaction that stores the connection. */
export const keepConnected = (trx: Trx, stateHash: string, migration: Migration | null) =>
  storeOutcome(trx, stateHash, connected(migration), null);

function connected(migration: Migration | null): Outcome {
  if (!migration) return { result: null, isAnswered: true };
  const { id: migrationId, to_provider: provider, total } = migration;
  const none = { migrated: 0, failed: 0, deferred: 0 };
  const result = { success: true, migrationId, provider, total, ...none, running: true };
  return { result, isAnswered: false };
}

/** @throws ConnectFailed, unless the connection was stored and only the answer to that was lost */
export async function keepFailed(ctx: Context, stateHash: string, failed: ConnectFailed) {
  const stands = await asService(ctx.db, async (trx) => {
    await storeOutcome(trx, stateHash, { error: failed.code }, null);
    return attemptByHash(trx, stateHash);
  });
  const outcome = stands ? outcomes.parse(stands.outcome) : failed;
  if (!("result" in outcome)) throw failed;
  ctx.log.warn({ err: failed.cause }, "A connection was stored, and the answer to that was lost");
}

/**
 * Waits for the first use where it is still under way.
 * @throws ConnectFailed what the first use came to; `was_interrupted` where it died
 */
export async function answerOf(ctx: Context, stateHash: string): Promise<ConsentResult> {
  for (;;) {
    const attempt = await asService(ctx.db, (trx) => attemptByHash(trx, stateHash));
    // A new password, or the end of the account, has ended what was handed out before.
    if (!attempt?.used_at) throw new ConnectFailed("state_mismatch");
    if (attempt.outcome) return follow(ctx, stateHash, outcomes.parse(attempt.outcome));
    if (addSeconds(attempt.used_at, CONSENT_SECONDS) <= ctx.clock()) {
      throw new ConnectFailed("was_interrupted");
    }
    await ctx.sleep(LOOK_AGAIN_MS);
  }
}

async function follow(ctx: Context, stateHash: string, outcome: Outcome): Promise<ConsentResult> {
  if ("error" in outcome) throw new ConnectFailed(outcome.error);
  const { result, isAnswered } = outcome;
  if (isAnswered || !result?.migrationId) return result;
  try {
    const now = counts.parse(await awaitMigration(ctx, result.migrationId));
    const answered = { result: now, isAnswered: true };
    return await asService(ctx.db, async (trx) => {
      await storeOutcome(trx, stateHash, answered, outcome);
      const stands = outcomes.parse((await attemptByHash(trx, stateHash))?.outcome ?? answered);
      return "result" in stands ? stands.result : now;
    });
  } catch (error) {
    // The switch is committed, so an error while following it must not make the consent fail.
    ctx.log.error({ migrationId: result.migrationId, err: error }, "A switch couldn't be followed");
    return result;
  }
}
