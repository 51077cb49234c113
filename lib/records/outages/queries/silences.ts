/** Providers that didn't answer when they were last looked at. */
import { sql } from "kysely";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";

const TABLE = "private.silences";

export interface Silence {
  since: Date;
  /** Looks in a row that found it silent. */
  looks: number;
}

export const countSilence = (trx: Trx, provider: ProviderId, now: Date): Promise<Silence> =>
  trx
    .insertInto(TABLE)
    .values({ provider, since: now, looks: 1 })
    .onConflict((conflict) =>
      conflict.column("provider").doUpdateSet({ looks: sql<number>`silences.looks + 1` }),
    )
    .returning(["since", "looks"])
    .executeTakeFirstOrThrow();

/** Does nothing where it answered before, too. */
export const endSilence = (trx: Trx, provider: ProviderId) =>
  trx.deleteFrom(TABLE).where("provider", "=", provider).execute();

/** Calls of lessons have found that it answers nobody, and a probe has since, or will within seconds. */
export async function isCircuitOpen(
  q: Queryable,
  provider: ProviderId,
  probedSince: Date,
): Promise<boolean> {
  const row = await q
    .selectFrom("provider_circuits")
    .select("provider")
    .where("provider", "=", provider)
    .where("operation", "=", "all")
    .where("open_until", ">=", probedSince)
    .executeTakeFirst();
  return row !== undefined;
}
