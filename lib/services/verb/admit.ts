/** Counts what is limited (`lib/records/limits/rules.ts`), and refuses what would be too much. */
import { keyedHash } from "#lib/platform/crypto.ts";
import { asService, type Trx } from "#lib/platform/db.ts";
import {
  deleteOldUses,
  deleteUses,
  forgetUses,
  fullUntil,
  inOrder,
  insertUse,
  lockUses,
  type Use,
  usesWithin,
} from "#lib/records/limits/queries.ts";
import {
  type LimitName,
  limits,
  SHARED_TIMES,
  UNKNOWN_ADDRESS,
  type Window,
} from "#lib/records/limits/rules.ts";
import type { Context } from "./context.ts";
import { type Refusal, tooMany } from "./errors.ts";

export interface Counted {
  name: LimitName;
  /** A person's id, an address, a mail address, or several of these together. */
  whose: string | string[];
}

export type Admission = { ids: string[]; refusal: null } | { ids: null; refusal: Refusal };

/**
 * Counts one use, within the transaction of what it limits: what is rolled back was never counted. The
 * transaction acts as the service role. If it takes a tutor's lock too, it takes that one first.
 * @throws Refusal `too_many`
 */
export async function admit(
  ctx: Context,
  trx: Trx,
  name: LimitName,
  whose: Counted["whose"],
): Promise<void> {
  const { refusal } = await countUses(ctx, trx, [{ name, whose }]);
  if (refusal) throw refusal;
}

/** Counts one use of what is no transaction by itself. @throws Refusal `too_many` */
export const admitNow = (ctx: Context, name: LimitName, whose: Counted["whose"]): Promise<void> =>
  asService(ctx.db, (trx) => admit(ctx, trx, name, whose));

/**
 * Counts a use of each, or of none. All uses that a transaction counts are counted by one call: it takes their
 * locks in one order.
 * @returns what was counted, or the refusal, for the caller to throw or to keep silent about
 */
export async function countUses(
  ctx: Context,
  trx: Trx,
  counted: readonly Counted[],
): Promise<Admission> {
  const now = ctx.clock();
  const uses = inOrder(counted.map((one) => ({ ...useOf(ctx, one), of: one })));
  for (const use of uses) await lockUses(trx, use);
  for (const use of uses) {
    for (const window of windowsOf(use.of)) {
      const until = await fullUntil(trx, use, window, now);
      const wait = until && Math.ceil((until.getTime() - now.getTime()) / 1000);
      if (wait) return { ids: null, refusal: tooMany(use.of.name, wait) };
    }
  }
  const ids: string[] = [];
  for (const { rule, whose, of } of uses) {
    ids.push(await insertUse(trx, { rule, whose }, now, longestOf(of.name)));
  }
  return { ids, refusal: null };
}

/** How many uses the longest window holds. */
export const countedSoFar = (ctx: Context, trx: Trx, counted: Counted): Promise<number> =>
  usesWithin(trx, useOf(ctx, counted), longestOf(counted.name), ctx.clock());

/** Takes uses back that came to nothing. */
export const uncount = (ctx: Context, ids: string[]): Promise<unknown> =>
  asService(ctx.db, (trx) => deleteUses(trx, ids));

/** Lets this count begin anew. */
export const forgetCounted = (ctx: Context, trx: Trx, counted: Counted): Promise<unknown> =>
  forgetUses(trx, useOf(ctx, counted));

/** Removes what counts no more. */
export const forgetOldUses = (ctx: Context): Promise<unknown> =>
  asService(ctx.db, (trx) => deleteOldUses(trx, ctx.clock()));

function useOf(ctx: Context, { name, whose }: Counted): Use {
  const text = JSON.stringify([name, whose]);
  return { rule: name, whose: keyedHash(ctx.config.authSecret, text) };
}

const longestOf = (name: LimitName): number =>
  Math.max(...limits[name].windows.map(({ seconds }) => seconds));

function windowsOf({ name, whose }: Counted): Window[] {
  const times = [whose].flat().includes(UNKNOWN_ADDRESS) ? SHARED_TIMES : 1;
  return limits[name].windows.map(({ most, seconds }) => ({ seconds, most: most * times }));
}
