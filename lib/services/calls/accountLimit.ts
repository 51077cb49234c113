import type { ConcurrencyLimit } from "#lib/platform/concurrency/concurrencyLimit.ts";
import type { VideoProvider } from "#lib/providers/provider.ts";
import type { Context } from "#lib/services/verb/context.ts";

/** How many calls this process may have under way to that account at the provider. */
export const accountLimit = (
  ctx: Context,
  provider: VideoProvider,
  userId: string,
): ConcurrencyLimit => ctx.concurrency.of(`${provider.id} ${userId}`, provider.budget.concurrency);
