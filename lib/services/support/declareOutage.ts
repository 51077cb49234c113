/** Says that a provider is out, or that it is over. The minute's work then tells the tutors whom it concerns. */
import { z } from "zod";
import { asService, type Trx } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import { openTroubles } from "#lib/records/operator/queries.ts";
import { queueConcerned } from "#lib/records/outages/queries/concerned.ts";
import {
  endOutageAt,
  insertOutage,
  lockOutages,
  newestOutage,
  renewOutage,
} from "#lib/records/outages/queries.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { Refusal, tooMany } from "#lib/services/verb/errors.ts";
import { parseInput } from "#lib/services/verb/input.ts";
import type { OutageView } from "./outageViews.ts";
import { againFrom, asProvider, hoursOf, outageIn } from "./readOutage.ts";
import { tellOfOutages } from "./tellOfOutages.ts";

export const typedYes = z.object({
  yes: z.literal("yes", "typeYes").describe("Typed by whoever has seen the numbers and the mail."),
});

/**
 * @param by null from the command line
 * @throws Refusal `not_found`, `too_many` within six hours of the last time, `wrong_state` where it concerns nobody
 */
export async function declareOutage(
  ctx: Context,
  by: Person | null,
  name: string,
  body: unknown,
): Promise<OutageView> {
  const provider = asProvider(ctx, by, name);
  parseInput(typedYes, body ?? {});
  await asService(ctx.db, (trx) => declare(ctx, trx, provider, by));
  await tellOfOutages(ctx);
  return asService(ctx.db, (trx) => outageIn(ctx, trx, provider, by));
}

async function declare(ctx: Context, trx: Trx, provider: ProviderId, by: Person | null) {
  const now = ctx.clock();
  await lockOutages(trx);
  const newest = await newestOutage(trx, provider);
  const from = againFrom(newest, now);
  if (from) throw tooMany("outage", Math.ceil((from.getTime() - now.getTime()) / 1000));
  const silent = (await openTroubles(trx)).find(
    (one) => one.provider === provider && one.kind === "unreachable",
  );
  const since = silent?.first_seen ?? (newest?.over_at === null ? newest.since : now);
  const outage =
    newest?.over_at === null
      ? await renewOutage(trx, newest.id, { since, told_from: now })
      : await insertOutage(trx, {
          provider,
          since,
          declared_at: now,
          declared_by: by?.id ?? null,
        });
  const tutors = await queueConcerned(trx, outage.id, hoursOf(ctx, provider));
  if (tutors === 0) throw new Refusal("wrong_state", "outageOfNobody");
  ctx.log.warn(
    { provider, adminId: by?.id, tutors },
    "An outage has been declared; tutors with lessons there are told",
  );
}

/** Those who were told are told so. @throws Refusal `not_found`, `wrong_state` where none is under way */
export async function endOutage(
  ctx: Context,
  by: Person | null,
  name: string,
  body: unknown,
): Promise<OutageView> {
  const provider = asProvider(ctx, by, name);
  parseInput(typedYes, body ?? {});
  await asService(ctx.db, async (trx) => {
    await lockOutages(trx);
    const newest = await newestOutage(trx, provider);
    if (newest?.over_at !== null) throw new Refusal("wrong_state", "noOutage");
    await endOutageAt(trx, newest.id, ctx.clock());
    ctx.log.info({ provider, adminId: by?.id }, "An outage has been declared to be over");
  });
  await tellOfOutages(ctx);
  return asService(ctx.db, (trx) => outageIn(ctx, trx, provider, by));
}
