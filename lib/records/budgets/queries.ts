/** How much of the providers' limits has been used; see the paragraph at the tables. */
import { sql } from "kysely";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import type { CallKind, ProviderId } from "#lib/providers/provider.ts";
import { type Cost, circuitsOf, FAILURES_UNTIL_OPEN, utcDay } from "./rules.ts";

export interface PermitDecision {
  /** Null when the permit is refused: then nothing was counted against any limit. */
  goAt: Date | null;
  /** A limit per day is used up, by our count or by the provider's word. */
  dayFull: boolean;
  /** When the pace allows the call, whether or not the permit was granted. */
  pacedAt: Date;
  /** Set while the provider counts as down. `probing` means that a probe is under way. */
  circuit: { failures: number; openUntil: Date; probing: boolean } | null;
  /** This call is the probe: it finds out whether the provider is back. */
  isProbe: boolean;
}

/**
 * Charges the call to every limit named, or to none. The call is refused when a day is full, when the pace
 * allows it only after `latest`, or while the provider is down and this caller isn't the one that probes it.
 * With `always` the call is counted and never refused; an urgent one goes although the provider has called the day
 * used up, unless it is by our count, too.
 *
 * Rows are locked in the order of their keys, so two callers never deadlock. The circuit is read without a
 * lock, because the update of the probe decides who probes.
 * @returns null where a row is missing; `openBudgets` inserts it
 */
export async function takeCosts(
  trx: Trx,
  take: {
    provider: ProviderId;
    kind: CallKind;
    userId: string;
    costs: Cost[];
    now: Date;
    latest: Date;
    probeUntil: Date;
    always: boolean;
    urgent: boolean;
  },
): Promise<PermitDecision | null> {
  const { provider, now } = take;
  const operations = circuitsOf(take.userId, take.kind);
  const { rows } = await sql<{
    found: number;
    day_full: boolean;
    paced_at: Date;
    admitted: boolean;
    is_probe: boolean;
    failures: number | null;
    open_until: Date | null;
    probing: boolean | null;
  }>`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(take.costs)}::text::jsonb)
        as w(key text, cost integer, "everyMs" float8, "burstMs" float8, allowed integer)
    ), locked as (
      select b.*, w.cost, w.allowed, w."everyMs" * interval '1 millisecond' as every,
             w."burstMs" * interval '1 millisecond' as burst,
             case when b.day >= ${utcDay(now)}::date then b.taken else 0 end as today
        from provider_budgets b join wanted w on w.key = b.key
       order by b.key for update of b
    ), judged as (
      select count(*)::integer as found,
             greatest(${now}::timestamptz, max(paced_until - burst)) as paced_at,
             coalesce(bool_or(today + cost > allowed or (allowed is not null
               and paced_until > ${now}::timestamptz and not ${take.urgent}::boolean)), false) as day_full
        from locked
    ), circuit as (
      select * from provider_circuits
       where provider = ${provider} and operation = any(${operations}::text[])
         and failures >= ${FAILURES_UNTIL_OPEN}
    ), possible as (
      select * from judged
       where found = ${take.costs.length}
         and (${take.always}::boolean or (not day_full and paced_at <= ${take.latest}::timestamptz))
    ), probe as (
      update provider_circuits set probe_until = ${take.probeUntil}::timestamptz
       where provider = ${provider} and operation = any(${operations}::text[])
         and failures >= ${FAILURES_UNTIL_OPEN}
         and open_until <= ${now}::timestamptz
         and (probe_until is null or probe_until <= ${now}::timestamptz)
         -- A call that costs nothing is none: it would take the probe and never make it.
         and ${take.costs.length}::integer > 0
         and exists (select from possible)
         -- A call of several open circuits probes all of them, or none.
         and not exists (select from circuit
           where open_until > ${now}::timestamptz or probe_until > ${now}::timestamptz)
      returning provider
    ), admitted as (
      select from possible
       where ${take.always}::boolean
          or (select count(*) from circuit) = (select count(*) from probe)
    ), taken as (
      update provider_budgets b
         set paced_until = case when l.allowed is null
               then greatest(b.paced_until, ${now}::timestamptz) + l.cost * l.every
               else b.paced_until end,
             day = case when l.allowed is null then b.day
                        else greatest(b.day, ${utcDay(now)}::date) end,
             taken = case when l.allowed is null then b.taken else l.today + l.cost end
        from locked l
       where l.key = b.key and exists (select from admitted)
    )
    select j.*, exists (select from admitted) as admitted, exists (select from probe) as is_probe,
           c.failures, c.open_until, c.probing
      from judged j, (select max(failures) as failures, max(open_until) as open_until,
                             bool_or(probe_until > ${now}::timestamptz) as probing from circuit) c`.execute(
    trx,
  );
  const [row] = rows;
  if (row?.found !== take.costs.length) return null;
  return {
    goAt: row.admitted ? row.paced_at : null,
    dayFull: row.day_full,
    pacedAt: row.paced_at,
    circuit:
      row.failures !== null && row.open_until !== null
        ? { failures: row.failures, openUntil: row.open_until, probing: row.probing === true }
        : null,
    isProbe: row.is_probe,
  };
}

/** Inserts the rows that a first call needs, in the order in which `takeCosts` locks them. */
export const openBudgets = (trx: Trx, keys: string[]) =>
  trx
    .insertInto("provider_budgets")
    .values(keys.toSorted().map((key) => ({ key })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();

/** How much of this limit per day is used up by our count, and whether the provider has called the day used up. */
export async function takenOfDay(
  q: Queryable,
  key: string,
  now: Date,
): Promise<{ taken: number; isHeld: boolean }> {
  const row = await q
    .selectFrom("provider_budgets")
    .select([
      sql<number>`case when day >= ${utcDay(now)}::date then taken else 0 end`.as("taken"),
      sql<boolean>`coalesce(paced_until > ${now}::timestamptz, false)`.as("isHeld"),
    ])
    .where("key", "=", key)
    .executeTakeFirst();
  return row ?? { taken: 0, isHeld: false };
}

/** Releases a cost that was counted against a day but never used. */
export const giveBackDay = (trx: Trx, back: { key: string; cost: number; day: string }) =>
  trx
    .updateTable("provider_budgets")
    .set({ taken: sql<number>`greatest(taken - ${back.cost}, 0)` })
    .where("key", "=", back.key)
    .where("day", "=", sql<Date>`${back.day}::date`)
    .execute();

/**
 * Stops all calls under this limit until `until`, because the provider says that we were too fast, or that its day
 * is used up, whatever we have counted.
 */
export const holdPace = (trx: Trx, hold: { key: string; until: Date; burstMs: number }) =>
  trx
    .updateTable("provider_budgets")
    .set({
      paced_until: sql<Date>`greatest(paced_until,
        ${hold.until}::timestamptz + ${hold.burstMs}::float8 * interval '1 millisecond')`,
    })
    .where("key", "=", hold.key)
    .execute();

/**
 * Ends what the provider's word holds, and nothing that we have counted. Locks in the order of `takeCosts`.
 * @returns whether anything was held
 */
export async function endHolds(trx: Trx, keys: string[], now: Date): Promise<boolean> {
  const held = await trx
    .selectFrom("provider_budgets")
    .select("key")
    .where("key", "in", keys)
    .where("paced_until", ">", now)
    .orderBy("key")
    .forUpdate()
    .execute();
  if (held.length === 0) return false;
  await trx
    .updateTable("provider_budgets")
    .set({ paced_until: now })
    .where(
      "key",
      "in",
      held.map(({ key }) => key),
    )
    .execute();
  return true;
}
