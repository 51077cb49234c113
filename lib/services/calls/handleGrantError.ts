/**
 * What one call's refusal says of its grant. It may be about that one call, or about one moment, so what would end the
 * whole connection is believed of several different calls: any that succeeds disproves it.
 */
import { addSeconds } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import { noteAccessRefused } from "#lib/records/grants/queries/refresh.ts";
import { type Grant, grantById } from "#lib/records/grants/queries.ts";
import { areRefusedForGood } from "#lib/records/grants/rules.ts";
import { installationId } from "#lib/records/installation/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { callWithPermit } from "./callWithPermit.ts";
import { type GrantSession, renewGrant } from "./grantSession.ts";
import { acquirePermit, awaitPermit } from "./permits.ts";
import { recordDeadGrant } from "./refreshGrant.ts";

const PATIENCE_SECONDS = 5;
/**
 * From asking for new tokens to the refusal of them. A machine that slept meanwhile has slept through their lifetime, and
 * hasn't seen them refused while they were good.
 */
const PROVED_WITHIN_SECONDS = 60;

/**
 * Handles the grant after a failed call. A refused access token is refreshed, where `isNew`: this one call wasn't refused
 * for it before. Never throws a provider's error: the call's own schedule goes on.
 */
export async function handleGrantError(
  ctx: Context,
  grantSession: GrantSession,
  error: ProviderError,
  { isNew }: { isNew: boolean },
): Promise<void> {
  if (error.class !== "reconnect") return;
  if (error.accessTokenRefused) await noteRefused(ctx, grantSession.grant, isNew);
  else if (error.code === "account_gone") await prove(ctx, grantSession);
  else await recordDeadGrant(ctx, grantSession.grant, error);
}

/**
 * A refresh cures a token that has ended. One that is refused although it is fresh is noted on its grant, and one call
 * that is about no meeting decides, an hour after the first.
 */
async function noteRefused(ctx: Context, seen: Grant, isNew: boolean): Promise<void> {
  const { grant_id: id } = seen;
  const grant = await asService(ctx.db, (trx) => grantById(trx, id));
  if (!grant || grant.error_code !== null) return;
  // Somebody has refreshed it since.
  if (grant.access_token_encrypted !== seen.access_token_encrypted) return;
  const now = ctx.clock();
  if (grant.access_refused_since === null) {
    await asService(ctx.db, (trx) => noteAccessRefused(trx, id, now));
  }
  const isForGood = areRefusedForGood(grant, now);
  if (!isNew && !isForGood) return;
  try {
    const renewed = await renewGrant(ctx, seen);
    if (isForGood) await prove(ctx, renewed, now);
  } catch (failed) {
    if (!(failed instanceof ProviderError)) throw failed;
    const { code, message: detail } = failed;
    ctx.log.warn(
      { tutorId: grant.tutor_id, code, detail },
      "New access tokens could not be had; tried again later",
    );
  }
}

/**
 * Asks for a list, which is about no meeting. What that is answered is believed, unless another call was answered meanwhile.
 * @param since from when on its token was asked for; undefined: nobody knows
 */
async function prove(ctx: Context, grantSession: GrantSession, since?: Date): Promise<void> {
  const { grant, provider, access } = grantSession;
  const ask = { kind: "find", patienceSeconds: PATIENCE_SECONDS } as const;
  const permit = await acquirePermit(ctx, grantSession, ask);
  if (permit instanceof ProviderError) return;
  await awaitPermit(ctx, permit);
  const of = { installationId: await installationId(ctx.db), from: ctx.clock() };
  try {
    const scan = () => provider.listMarked(access, of, null);
    await callWithPermit(ctx, permit, { by: grant.tutor_id }, scan);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.class !== "reconnect") return;
    // A token that is refused in this moment may be taken in the next.
    const isForGood = !error.accessTokenRefused || (await isRefusedFresh(ctx, grant, since));
    if (isForGood) await recordDeadGrant(ctx, grant, error);
    else await asService(ctx.db, (trx) => noteAccessRefused(trx, grant.grant_id, ctx.clock()));
  }
}

async function isRefusedFresh(ctx: Context, { grant_id: id }: Grant, since?: Date) {
  const now = ctx.clock();
  if (!since || now > addSeconds(since, PROVED_WITHIN_SECONDS)) return false;
  const grant = await asService(ctx.db, (trx) => grantById(trx, id));
  return grant !== undefined && areRefusedForGood(grant, now);
}
