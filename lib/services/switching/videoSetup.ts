/**
 * Reads what a tutor's video-setup page shows: where lessons happen now, where they could, and what has
 * happened.
 */
import { asPerson, becomeService, type Trx } from "#lib/platform/db.ts";
import { missingScopes } from "#lib/providers/permissions.ts";
import { providerIds } from "#lib/providers/provider.ts";
import { lastAccountAt } from "#lib/records/grants/queries/accounts.ts";
import { ownConnection } from "#lib/records/grants/queries.ts";
import { lessonsWithPasscode } from "#lib/records/meetings/queries/passcodes.ts";
import { roomsFollowAt } from "#lib/records/meetings/queries/waiting.ts";
import { migrationById } from "#lib/records/migrations/queries.ts";
import { openTroubles } from "#lib/records/operator/queries.ts";
import { futureSessions, sessionWithPeople } from "#lib/records/sessions/queries.ts";
import type { Session } from "#lib/records/sessions/rules.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { readConnectionEvents } from "./connectionHistory.ts";
import { readDetailById, readLeftOver, readMigrations } from "./migrationHistory.ts";
import { countTooLong } from "./preview/tooLong.ts";
import { isUndoLost } from "./undo/isUndoLost.ts";
import type { ConnectionView, ProviderView, VideoSetupView } from "./views.ts";

export function videoSetup(ctx: Context, person: Person): Promise<VideoSetupView> {
  return asPerson(ctx.db, { personId: person.id }, async (trx) => {
    const connection = await ownConnection(trx, person.id);
    const future = await futureSessions(trx, person.id, ctx.clock());
    const history = await readMigrations(trx, person.id);
    const next = future[0] && (await sessionWithPeople(trx, future[0].id));
    const own = connection ? toConnectionView(ctx, connection) : null;
    const isElsewhere = (session: Session) =>
      session.provider !== null && session.provider !== connection?.provider;
    const latest = history[0] ? await readDetailById(trx, history[0].id) : null;
    const events = await readConnectionEvents(trx, person.id, history);
    const leftOver = await readLeftOver(trx, history, ctx.clock());
    // All the rest was read as the tutor; nobody reads passcodes as themselves.
    await becomeService(trx);
    const newest = latest && (await migrationById(trx, latest.id));
    const isLost = newest && (await isUndoLost(ctx, trx, newest, connection?.generation));
    return {
      connection: own && { ...own, ...(await readAsService(ctx, trx, person, own, future)) },
      providers: listProviders(ctx),
      future: {
        count: future.length,
        next: next
          ? {
              id: next.id,
              subject: next.subject,
              student: next.student_name,
              startsAt: next.scheduled_start_at.toISOString(),
            }
          : null,
        withoutRoom: future.filter((session) => !session.join_url).length,
        roomsFollowAt:
          (await roomsFollowAt(trx, { tutorId: person.id, now: ctx.clock() }))?.toISOString() ??
          null,
        elsewhere: future.filter(isElsewhere).length,
        withPasscode: connection
          ? await lessonsWithPasscode(trx, { tutorId: person.id, ...connection }, ctx.clock())
          : 0,
      },
      latest,
      lostUndo: isLost ? newest.id : null,
      leftOver,
      history,
      events,
    };
  });
}

/** The tutor's connection; null before the first one. */
export async function getConnection(ctx: Context, person: Person): Promise<ConnectionView | null> {
  return asPerson(ctx.db, { personId: person.id }, async (trx) => {
    const connection = await ownConnection(trx, person.id);
    if (!connection) return null;
    const own = toConnectionView(ctx, connection);
    const future = await futureSessions(trx, person.id, ctx.clock());
    return { ...own, ...(await readAsService(ctx, trx, person, own, future)) };
  });
}

async function readAsService(
  ctx: Context,
  trx: Trx,
  person: Person,
  own: OwnView,
  future: Session[],
): Promise<Pick<ConnectionView, "tooLong" | "operatorTrouble">> {
  await becomeService(trx);
  const trouble = (await openTroubles(trx)).find(({ provider }) => provider === own.provider);
  return {
    tooLong: await readTooLong(ctx, trx, person, own, future),
    operatorTrouble: trouble?.kind ?? null,
  };
}

/**
 * Of the account in use, and only where its licence or plan is known. What an account is allowed no person may read,
 * so the service role does, and nothing is read as the person afterwards.
 */
async function readTooLong(
  ctx: Context,
  trx: Trx,
  person: Person,
  { provider, status }: OwnView,
  future: Session[],
): Promise<ConnectionView["tooLong"]> {
  if (status === "disconnected" || !ctx.providers.has(provider)) return null;
  const account = await lastAccountAt(trx, person.id, provider);
  const found = await countTooLong(trx, ctx.providers.get(provider), account, future);
  if (!found || found.assumed || found.count === 0) return null;
  return { minutes: found.minutes, count: found.count };
}

const listProviders = (ctx: Context): ProviderView[] =>
  providerIds.map((id) => ({
    id,
    label: ctx.providers.label(id),
    available: ctx.providers.has(id),
    sandbox: ctx.providers.isLocal(id),
  }));

/** What the last consent lacks, and whether that is why calls are refused or soon will be. */
function lacks(ctx: Context, { provider: id, scopes, error_code: code }: OwnConnection) {
  const provider = ctx.providers.has(id) ? ctx.providers.get(id) : null;
  const missing = provider ? missingScopes(provider, scopes) : [];
  return {
    missingScopes: missing,
    missingPermissions: missing.flatMap((scope) => provider?.permissions[scope] ?? []),
    lacksPermission: missing.length > 0 || code === "scope_missing",
  };
}

type OwnConnection = NonNullable<Awaited<ReturnType<typeof ownConnection>>>;

type OwnView = Omit<ConnectionView, "tooLong" | "operatorTrouble">;

const toConnectionView = (ctx: Context, row: OwnConnection): OwnView => ({
  provider: row.provider,
  label: ctx.providers.label(row.provider),
  status: row.connection_status,
  account: { email: row.account_email, name: row.account_name },
  connectedAt: row.connected_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
  pausedUntil: row.refresh_next_at?.toISOString() ?? null,
  ...lacks(ctx, row),
  error: row.error_code ? { code: row.error_code, detail: row.error_detail } : null,
});
