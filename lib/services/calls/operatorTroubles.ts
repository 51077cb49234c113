/**
 * What only whoever runs the installation can mend: a refused client, an API that isn't enabled. It is recorded
 * once, told once, and over as soon as the provider answers as it should.
 */
import { addMinutes } from "#lib/platform/clock.ts";
import { asService, type Trx } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import {
  type OperatorTrouble,
  openTroubles,
  seeTrouble,
  setTroubleTold,
} from "#lib/records/operator/queries.ts";
import { mailOperatorTrouble } from "#lib/services/telling/providerMails.ts";
import type { Context } from "#lib/services/verb/context.ts";

/** A trouble that comes and goes is mailed once in this time. */
const TELL_AGAIN_MINUTES = 24 * 60;

/** Records the trouble if `error` is one, and writes one mail to each administrator when it begins. */
export async function noticeOperatorTrouble(
  ctx: Context,
  provider: ProviderId,
  error: unknown,
): Promise<void> {
  if (!(error instanceof ProviderError) || !error.operatorKind) return;
  const { operatorKind: kind, said, helpUrl } = error;
  // Where the provider named the page in its words, it stands there again, for the one reader who needs it.
  const detail = said && helpUrl ? said.replace("[link]", () => helpUrl) : said;
  await asService(ctx.db, (trx) => noticeTrouble(ctx, trx, { provider, kind, detail, helpUrl }));
}

/** The same for one that no error of the provider's names. */
export async function noticeTrouble(
  ctx: Context,
  trx: Trx,
  seen: Pick<OperatorTrouble, "provider" | "kind" | "detail"> & { helpUrl: string | null },
): Promise<void> {
  const now = ctx.clock();
  const trouble = await seeTrouble(trx, { ...seen, now });
  if (trouble && isToBeTold(trouble, now)) await tell(ctx, trx, trouble, now);
}

const isToBeTold = ({ told_at: told, first_seen: since }: OperatorTrouble, now: Date): boolean =>
  told === null || (told < since && told <= addMinutes(now, -TELL_AGAIN_MINUTES));

/** Without an administrator it isn't told, so it is tried again with the next call that meets it. */
async function tell(ctx: Context, trx: Trx, trouble: OperatorTrouble, now: Date): Promise<void> {
  const { provider, kind, detail, help_url: help } = trouble;
  ctx.log.error(
    { provider, kind, detail, help },
    "Whoever runs this installation has to see to this",
  );
  const told = await mailOperatorTrouble(ctx, trx, trouble);
  if (told > 0) await setTroubleTold(trx, trouble, now);
}

export interface OperatorTroubleView {
  provider: ProviderId;
  kind: OperatorTrouble["kind"];
  /** The provider's words. */
  detail: string | null;
  /** The provider's page on which it is mended. */
  help: string | null;
  since: string;
  lastSeen: string;
}

/** The troubles under way, the oldest first. */
export async function operatorTroubles(ctx: Context): Promise<OperatorTroubleView[]> {
  const rows = await asService(ctx.db, openTroubles);
  return rows.map((row) => ({
    provider: row.provider,
    kind: row.kind,
    detail: row.detail,
    help: row.help_url,
    since: row.first_seen.toISOString(),
    lastSeen: row.last_seen.toISOString(),
  }));
}
