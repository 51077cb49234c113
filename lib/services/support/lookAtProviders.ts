/** Notices that a provider answers nobody, also in hours in which nobody calls it. */
import { addSeconds } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { VideoProvider } from "#lib/providers/provider.ts";
import { resolveTrouble } from "#lib/records/operator/queries.ts";
import { countSilence, endSilence, isCircuitOpen } from "#lib/records/outages/queries/silences.ts";
import { SILENT_LOOKS } from "#lib/records/outages/rules.ts";
import { noticeTrouble } from "#lib/services/calls/operatorTroubles.ts";
import type { Context } from "#lib/services/verb/context.ts";

/** Callers probe an open circuit once a minute or more often. One that was left open long ago says nothing. */
const PROBED_WITHIN_SECONDS = 120;

/** Looks at each provider once; call it once a minute. Whoever runs the installation is told when one stays silent. */
export async function lookAtProviders(ctx: Context): Promise<void> {
  await Promise.all(ctx.providers.all.map((provider) => lookAt(ctx, provider)));
}

async function lookAt(ctx: Context, provider: VideoProvider): Promise<void> {
  const { id, label } = provider;
  const isSilent = await answersNobody(ctx, provider);
  const now = ctx.clock();
  await asService(ctx.db, async (trx) => {
    if (!isSilent) {
      await endSilence(trx, id);
      await resolveTrouble(trx, id, "unreachable", now);
      return;
    }
    const { since, looks } = await countSilence(trx, id, now);
    if (looks < SILENT_LOOKS) return;
    if (looks === SILENT_LOOKS) ctx.log.error({ provider: id, since }, `${label} answers nobody`);
    await noticeTrouble(ctx, trx, {
      provider: id,
      kind: "unreachable",
      detail: null,
      helpUrl: `${ctx.config.appUrl}/support/outages/${id}`,
    });
  });
}

async function answersNobody(ctx: Context, provider: VideoProvider): Promise<boolean> {
  try {
    await provider.reach();
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return true;
  }
  // It refuses a stranger, and may still fail for everybody whose calls it takes.
  const since = addSeconds(ctx.clock(), -PROBED_WITHIN_SECONDS);
  return asService(ctx.db, (trx) => isCircuitOpen(trx, provider.id, since));
}
