/** Writes down that lessons should move; `reconcile` does the rest. */
import type { Trx } from "#lib/platform/db.ts";
import type { Connection } from "#lib/records/grants/rules.ts";
import {
  insertMigration,
  openMigration,
  supersedeMoves,
  updateMigration,
} from "#lib/records/migrations/queries.ts";
import type { Migration, MigrationKind } from "#lib/records/migrations/rules.ts";
import type { Session } from "#lib/records/sessions/rules.ts";
import { recordManualEdits } from "#lib/services/drift/recordManualEdits.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { settle } from "./settleMigration.ts";

/**
 * Must run within the transaction that changed the desired state and holds the tutor's lock. Whatever an
 * older migration had left to do is superseded.
 * @returns null if there is no lesson to move; no migration is written then
 */
export async function beginMigration(
  ctx: Context,
  trx: Trx,
  desired: {
    kind: MigrationKind;
    /** It already has the new generation. */
    connection: Pick<Connection, "tutor_id" | "provider" | "grant_id" | "generation">;
    from: { provider: Connection["provider"]; grantId: string } | null;
    sessions: Session[];
    ofMigrationId?: string;
    createdBy: string;
  },
): Promise<Migration | null> {
  const now = ctx.clock();
  const { connection, sessions } = desired;
  // A link written in by hand before this change belongs to the generation before it.
  const { tutor_id: tutorId, generation } = connection;
  const byHand = await recordManualEdits(ctx, trx, { tutorId, generation: generation - 1 });
  await supersedeOpen(ctx, trx, connection.tutor_id, now);
  if (sessions.length === 0) return null;
  const id = ctx.newId();
  return insertMigration(
    trx,
    {
      id,
      tutor_id: connection.tutor_id,
      generation: connection.generation,
      kind: desired.kind,
      status: "running",
      from_provider: desired.from?.provider ?? null,
      from_grant_id: desired.from?.grantId ?? null,
      to_provider: connection.provider,
      to_grant_id: connection.grant_id,
      of_migration_id: desired.ofMigrationId ?? null,
      created_by: desired.createdBy,
      total: sessions.length,
      created_at: now,
      updated_at: now,
    },
    sessions.map((session, position) => ({
      migration_id: id,
      session_id: session.id,
      tutor_id: session.tutor_id,
      position,
      state: "pending" as const,
      from_meeting_id: byHand.get(session.id) ?? session.meeting_id,
      updated_at: now,
    })),
  );
}

async function supersedeOpen(ctx: Context, trx: Trx, tutorId: string, now: Date): Promise<void> {
  const older = await openMigration(trx, tutorId);
  if (!older) return;
  await supersedeMoves(trx, older.id, now);
  await updateMigration(trx, older.id, {
    status: "superseded",
    waiting_until: null,
    finished_at: now,
    ...(await settle(ctx, trx, older, now)),
  });
}
