import { asService } from "#lib/platform/db.ts";
import { refusalOf } from "#lib/records/mails/queries/refused.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";

/** Why no mail arrives at the person's own address, in the mail server's words; null where it does. */
export const refusedAddress = (ctx: Context, { email }: Person): Promise<string | null> =>
  asService(ctx.db, async (trx) => (await refusalOf(trx, email))?.detail ?? null);
