/** What is and what should be for one tutor, read in one go. */
import { addSeconds } from "#lib/platform/clock.ts";
import { asService, type Trx } from "#lib/platform/db.ts";
import { errorClasses, type ProviderErrorCode } from "#lib/providers/errors.ts";
import { connectionOf, grantsOf, type TutorsGrant } from "#lib/records/grants/queries.ts";
import { type Connection, REFRESH_AHEAD_SECONDS } from "#lib/records/grants/rules.ts";
import { insertMissing } from "#lib/records/meetings/queries/missing.ts";
import { intendedRow } from "#lib/records/meetings/queries/rows.ts";
import { abandonUncalled, openLedger } from "#lib/records/meetings/queries.ts";
import type { Meeting } from "#lib/records/meetings/rules.ts";
import { endOpenMove, openMoves } from "#lib/records/migrations/queries.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import { sessionsForSnapshot } from "#lib/records/sessions/queries.ts";
import type { Session } from "#lib/records/sessions/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { type Plan, plan } from "./planner.ts";

export interface TutorSnapshot {
  tutorId: string;
  connection: Connection | undefined;
  sessions: Map<string, Session>;
  meetings: Map<string, Meeting>;
  /** All of the tutor's, by their ids. */
  grants: Map<string, TutorsGrant>;
  plan: Plan;
}

/** Reads only: for somebody who looks at a tutor's lessons. */
export const readSnapshot = (ctx: Context, tutorId: string): Promise<TutorSnapshot> =>
  asService(ctx.db, async (trx) => planned(ctx, await read(trx, tutorId)));

/**
 * Reads, writes a row for each lesson that wants a meeting, and gives up those rows that nobody wants any more and of
 * which nothing exists at the provider. So each step has its row, and a crash forgets no lesson. Lessons whose row can't
 * be written are `refused`, and their moves fail; those in `leaveOut` aren't tried.
 */
export const prepareSnapshot = (
  ctx: Context,
  tutorId: string,
  leaveOut: ReadonlySet<string>,
): Promise<TutorSnapshot & { refused: Refused }> =>
  asService(ctx.db, async (trx) => {
    await lockTutor(trx, tutorId);
    const seen = await read(trx, tutorId);
    const first = planned(ctx, seen);
    const { missing, unwanted } = first.plan;
    const now = ctx.clock();
    await abandonUncalled(trx, unwanted, now);
    const wanted = missing.flatMap((id) => {
      const session = first.sessions.get(id);
      return session && seen.connection
        ? intendedRow(ctx.newId(), session, seen.connection, now)
        : [];
    });
    if (wanted.length === 0) return { ...first, refused: [] };
    const isLeftOut = ({ session_id }: Row) => leaveOut.has(session_id);
    const { written, refused } = await insertMissing(
      trx,
      wanted.filter((row) => !isLeftOut(row)),
    );
    const ids = new Set(refused.map(({ sessionId }) => sessionId));
    const faulty = wanted.filter((row) => isLeftOut(row) || ids.has(row.session_id));
    await failMoves(trx, faulty, now);
    const ledger = [...seen.ledger, ...written];
    return { ...planned(ctx, { ...seen, ledger }), refused };
  });

/** A switch whose last lesson can't be asked for would never settle, and keep all old meetings. */
async function failMoves(trx: Trx, rows: Row[], now: Date): Promise<void> {
  const failed = { state: "failed", error_code: "invalid_request", error_detail: null } as const;
  for (const row of rows) await endOpenMove(trx, row, failed, now);
}

type Row = ReturnType<typeof intendedRow>;
type Refused = Awaited<ReturnType<typeof insertMissing>>["refused"];
type Seen = Awaited<ReturnType<typeof read>>;

async function read(trx: Trx, tutorId: string) {
  const connection = await connectionOf(trx, tutorId);
  const ledger = await openLedger(trx, tutorId, connection?.generation ?? 0);
  const moves = await openMoves(trx, tutorId);
  const mentioned = new Set([...ledger, ...moves].map((row) => row.session_id));
  return {
    tutorId,
    connection,
    ledger,
    moves,
    grants: await grantsOf(trx, tutorId),
    sessions: await sessionsForSnapshot(trx, tutorId, [...mentioned]),
  };
}

/** Those whose access token expires soon, and can't be refreshed before the date given. */
function pausedGrants(grants: TutorsGrant[], now: Date): Map<string, Date> {
  const soon = addSeconds(now, REFRESH_AHEAD_SECONDS);
  return new Map(
    grants.flatMap(
      ({ grant_id: id, refresh_next_at: nextAt, access_token_expires_at: expiresAt }) =>
        nextAt !== null && nextAt > now && expiresAt !== null && expiresAt <= soon
          ? [[id, nextAt] as const]
          : [],
    ),
  );
}

const isRefusal = (code: string | null): boolean =>
  code !== null && errorClasses[code as ProviderErrorCode] === "permanent";

function planned(ctx: Context, seen: Seen): TutorSnapshot {
  const { tutorId, connection, grants, ledger, moves, sessions } = seen;
  const now = ctx.clock();
  const meetings = new Map(ledger.map((row) => [row.id, row]));
  return {
    tutorId,
    connection,
    sessions: new Map(sessions.map((session) => [session.id, session])),
    meetings,
    grants: new Map(grants.map((grant) => [grant.grant_id, grant])),
    plan: plan(
      {
        desired: connection
          ? {
              grantId: connection.grant_id,
              generation: connection.generation,
              status: connection.connection_status,
            }
          : null,
        deadGrants: new Set(grants.filter((one) => one.is_dead).map((one) => one.grant_id)),
        pausedGrants: pausedGrants(grants, now),
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
