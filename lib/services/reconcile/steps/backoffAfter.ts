import { backoffSeconds } from "#lib/platform/backoff.ts";
import { addSeconds } from "#lib/platform/clock.ts";
import type { ProviderError } from "#lib/providers/errors.ts";
import { afterRefusal, type Meeting } from "#lib/records/meetings/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";

/** When a call that failed like this is due again, if nothing else says when. */
export function backoffAfter(ctx: Context, row: Meeting, { code }: ProviderError): Date {
  const now = ctx.clock();
  const usual = addSeconds(now, backoffSeconds(row.attempts, ctx.random()));
  return code === "refused" ? afterRefusal(row, usual, now) : usual;
}
