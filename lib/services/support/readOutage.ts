import { addMinutes } from "#lib/platform/clock.ts";
import { asService, type Trx } from "#lib/platform/db.ts";
import { DEFAULT_LANGUAGE } from "#lib/platform/words.ts";
import { zoneOrUtc } from "#lib/platform/zones/zoneRules.ts";
import { type ProviderId, providerIds } from "#lib/providers/provider.ts";
import { openTroubles } from "#lib/records/operator/queries.ts";
import { type Concerned, concernedTutors } from "#lib/records/outages/queries/concerned.ts";
import { outageCounts } from "#lib/records/outages/queries/progress.ts";
import { newestOutage, type Outage } from "#lib/records/outages/queries.ts";
import { OUTAGE_HOURS, TOLD_ONCE_IN_HOURS } from "#lib/records/outages/rules.ts";
import { outageLetter } from "#lib/services/telling/providerMails.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { notFound } from "#lib/services/verb/errors.ts";
import { assertSupport } from "./onBehalf.ts";
import type { OutageView } from "./outageViews.ts";

const SHOWN = 10;

/** Support, or whoever has the machine (null). @throws Refusal `not_found` */
export function asProvider(ctx: Context, by: Person | null, name: string): ProviderId {
  if (by) assertSupport(by);
  const provider = providerIds.find((one) => one === name);
  if (!provider || !ctx.providers.has(provider)) throw notFound("provider");
  return provider;
}

/** Whom an outage of this provider concerns just now, and how far one that was declared has come. Changes nothing. */
export async function readOutage(
  ctx: Context,
  by: Person | null,
  name: string,
): Promise<OutageView> {
  const provider = asProvider(ctx, by, name);
  return asService(ctx.db, (trx) => outageIn(ctx, trx, provider, by));
}

export async function outageIn(
  ctx: Context,
  trx: Trx,
  provider: ProviderId,
  by: Person | null,
): Promise<OutageView> {
  const concerned = await concernedTutors(trx, hoursOf(ctx, provider));
  const silences = (await openTroubles(trx)).filter(({ kind }) => kind === "unreachable");
  const since = silences.find((one) => one.provider === provider)?.first_seen ?? null;
  const outage = await newestOutage(trx, provider);
  const sum = (of: "lessons" | "students") => concerned.reduce((total, one) => total + one[of], 0);
  return {
    provider,
    label: ctx.providers.label(provider),
    silentSince: since?.toISOString() ?? null,
    allSilent: ctx.providers.all.length > 1 && silences.length === ctx.providers.all.length,
    hours: OUTAGE_HOURS,
    concerned: {
      tutors: concerned.length,
      lessons: sum("lessons"),
      students: sum("students"),
      soonest: concerned.slice(0, SHOWN).map((one) => ({
        id: one.tutor_id,
        name: one.name,
        email: one.email,
        lessons: one.lessons,
        firstStart: one.first_start.toISOString(),
      })),
    },
    mail: mailTo(ctx, by, { provider, since: since ?? ctx.clock() }, concerned[0]),
    againFrom: againFrom(outage, ctx.clock())?.toISOString() ?? null,
    outage: outage ? await declared(trx, outage) : null,
  };
}

/** The hours that count. */
export const hoursOf = (ctx: Context, provider: ProviderId) => {
  const now = ctx.clock();
  return { provider, now, until: addMinutes(now, OUTAGE_HOURS * 60) };
};

/** @returns null where tutors can be told now */
export function againFrom(outage: Outage | undefined, now: Date): Date | null {
  const from = outage ? addMinutes(outage.told_from, TOLD_ONCE_IN_HOURS * 60) : now;
  return from > now ? from : null;
}

function mailTo(
  ctx: Context,
  by: Person | null,
  silent: { provider: ProviderId; since: Date },
  first: Concerned | undefined,
): OutageView["mail"] {
  if (!first) return null;
  const reader = {
    language: by?.language ?? DEFAULT_LANGUAGE,
    timeZone: zoneOrUtc(ctx.zoneRules, by?.timeZone ?? "Etc/UTC"),
    clockHours: by?.clockHours ?? 24,
  };
  const { subject, paragraphs, button } = outageLetter(ctx, reader, silent, first);
  return { subject, paragraphs, button: button.label };
}

async function declared(trx: Trx, outage: Outage): Promise<OutageView["outage"]> {
  const counts = await outageCounts(trx, outage);
  const { tutors, waiting, told, moved, safe, mails_sent: sent, mails_queued: queued } = counts;
  return {
    since: outage.since.toISOString(),
    declaredAt: outage.declared_at.toISOString(),
    toldFrom: outage.told_from.toISOString(),
    overAt: outage.over_at?.toISOString() ?? null,
    tutors,
    // Once it is over nobody is told of it any more.
    waiting: outage.over_at === null ? waiting : 0,
    told,
    mails: { sent, queued, failed: counts.mails_failed },
    moved,
    safe,
    lastSafeAt: counts.last_safe_at?.toISOString() ?? null,
    toldOver: counts.told_over,
  };
}
