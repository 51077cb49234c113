/** What is and what should be for one tutor, read in one go. */
import { addSeconds } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import { errorClasses, type ProviderErrorCode } from "#lib/providers/errors.ts";
import { pausedGrants } from "#lib/records/grants/queries/refresh.ts";
import { connectionOf, deadGrants } from "#lib/records/grants/queries.ts";
import { type Connection, REFRESH_AHEAD_SECONDS } from "#lib/records/grants/rules.ts";
import { openLedger } from "#lib/records/meetings/queries.ts";
import type { Meeting } from "#lib/records/meetings/rules.ts";
import { openMoves } from "#lib/records/migrations/queries.ts";
import { sessionsForSnapshot } from "#lib/records/sessions/queries.ts";
import type { Session } from "#lib/records/sessions/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { type Plan, plan } from "./planner.ts";

export interface TutorSnapshot {
  tutorId: string;
  connection: Connection | undefined;
  sessions: Map<string, Session>;
  meetings: Map<string, Meeting>;
  plan: Plan;
}

const isRefusal = (code: string | null): boolean =>
  code !== null && errorClasses[code as ProviderErrorCode] === "permanent";

export async function readSnapshot(ctx: Context, tutorId: string): Promise<TutorSnapshot> {
  const now = ctx.clock();
  const soon = addSeconds(now, REFRESH_AHEAD_SECONDS);
  const { connection, dead, paused, ledger, moves, sessions } = await asService(
    ctx.db,
    async (trx) => {
      const connection = await connectionOf(trx, tutorId);
      const ledger = await openLedger(trx, tutorId, connection?.generation ?? 0);
      const moves = await openMoves(trx, tutorId);
      const mentioned = new Set([...ledger, ...moves].map((row) => row.session_id));
      return {
        connection,
        ledger,
        moves,
        dead: await deadGrants(trx, tutorId),
        paused: await pausedGrants(trx, tutorId, { now, soon }),
        sessions: await sessionsForSnapshot(trx, tutorId, [...mentioned]),
      };
    },
  );
  const meetings = new Map(ledger.map((row) => [row.id, row]));
  return {
    tutorId,
    connection,
    sessions: new Map(sessions.map((session) => [session.id, session])),
    meetings,
    plan: plan(
      {
        desired: connection
          ? {
              grantId: connection.grant_id,
              generation: connection.generation,
              status: connection.connection_status,
            }
          : null,
        deadGrants: dead,
        pausedGrants: paused,
        lessons: sessions,
        ledger: ledger.map((row) => ({ ...row, refused: isRefusal(row.error_code) })),
        moves,
      },
      {
        now,
        joinOpensMinutesBefore: ctx.config.joinOpensMinutesBefore,
        createIsIdempotent: (row) => {
          const provider = meetings.get(row.id)?.provider;
          if (!provider || !ctx.providers.has(provider)) return true;
          return ctx.providers.get(provider).lookupDelays.length === 0;
        },
      },
    ),
  };
}
