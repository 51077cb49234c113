import { asService } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import { storeLicence } from "#lib/records/grants/queries/licences.ts";
import type { Connection } from "#lib/records/grants/rules.ts";
import { askProvider } from "#lib/services/calls/askProvider.ts";
import type { Context } from "#lib/services/verb/context.ts";

/** An organisation gives licences to its users and takes them away, and no provider reports it. */
export async function readLicence(ctx: Context, connection: Connection): Promise<void> {
  const { provider, grant_id: grantId, tutor_id: tutorId } = connection;
  if (!ctx.providers.has(provider) || !ctx.providers.get(provider).licence) return;
  try {
    const licence = await askProvider(ctx, grantId, { kind: "licence", by: tutorId }, (session) =>
      session.provider.licence ? session.provider.licence(session.access) : Promise.resolve(null),
    );
    if (licence === null) return;
    const accountUserId = connection.account_user_id;
    await asService(ctx.db, (trx) =>
      storeLicence(trx, { provider, accountUserId, licence, now: ctx.clock() }),
    );
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    // What was read before stands until the next check.
    const { code, message: detail } = error;
    ctx.log.info({ tutorId, code, detail }, "A licence could not be read");
  }
}
