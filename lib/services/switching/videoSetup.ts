/**
 * Reads what a tutor's video-setup page shows: where lessons happen now, where they could, and what has
 * happened.
 */
import { asPerson } from "#lib/platform/db.ts";
import { providerIds } from "#lib/providers/provider.ts";
import { ownConnection } from "#lib/records/grants/queries.ts";
import { futureSessions, sessionWithPeople } from "#lib/records/sessions/queries.ts";
import type { Session } from "#lib/records/sessions/rules.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { readDetailById, readLeftOver, readMigrations } from "./migrationHistory.ts";
import type { ConnectionView, ProviderView, VideoSetupView } from "./views.ts";

export function videoSetup(ctx: Context, person: Person): Promise<VideoSetupView> {
  return asPerson(ctx.db, { personId: person.id }, async (trx) => {
    const connection = await ownConnection(trx, person.id);
    const future = await futureSessions(trx, person.id, ctx.clock());
    const history = await readMigrations(trx, person.id);
    const next = future[0] && (await sessionWithPeople(trx, future[0].id));
    const isElsewhere = (session: Session) =>
      session.provider !== null && session.provider !== connection?.provider;
    return {
      connection: connection ? toConnectionView(ctx, connection) : null,
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
        elsewhere: future.filter(isElsewhere).length,
      },
      latest: history[0] ? await readDetailById(trx, history[0].id) : null,
      leftOver: await readLeftOver(trx, history, ctx.clock()),
      history,
    };
  });
}

/** The tutor's connection; null before the first one. */
export async function getConnection(ctx: Context, person: Person): Promise<ConnectionView | null> {
  const connection = await asPerson(ctx.db, { personId: person.id }, (trx) =>
    ownConnection(trx, person.id),
  );
  return connection ? toConnectionView(ctx, connection) : null;
}

const listProviders = (ctx: Context): ProviderView[] =>
  providerIds.map((id) => ({
    id,
    label: ctx.providers.label(id),
    available: ctx.providers.has(id),
    sandbox: ctx.providers.isLocal(id),
  }));

const missingScopes = (ctx: Context, { provider, scopes }: OwnConnection): string[] =>
  ctx.providers.has(provider)
    ? ctx.providers.get(provider).requiredScopes.filter((scope) => !scopes.includes(scope))
    : [];

type OwnConnection = NonNullable<Awaited<ReturnType<typeof ownConnection>>>;

const toConnectionView = (ctx: Context, row: OwnConnection): ConnectionView => ({
  provider: row.provider,
  label: ctx.providers.label(row.provider),
  status: row.connection_status,
  account: { email: row.account_email, name: row.account_name },
  connectedAt: row.connected_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
  pausedUntil: row.refresh_next_at?.toISOString() ?? null,
  missingScopes: missingScopes(ctx, row),
  error: row.error_code ? { code: row.error_code, detail: row.error_detail } : null,
});
