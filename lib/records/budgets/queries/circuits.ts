/** Whether a provider answers; see the paragraph at the tables. `takeCosts` decides who probes. */
import { sql } from "kysely";
import type { Trx } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import { FAILURES_UNTIL_OPEN } from "#lib/records/budgets/rules.ts";

/** Call this when the provider has answered. */
export const closeCircuit = (trx: Trx, provider: ProviderId) =>
  trx
    .updateTable("provider_circuits")
    .set({ failures: 0, failed_by: null, open_until: null, probe_until: null })
    .where("provider", "=", provider)
    .where("failures", ">", 0)
    .execute();

/**
 * Counts a call that got no answer while the provider counts as up. The last of a few such failures opens the
 * circuit.
 * @returns whether this failure opened the circuit
 */
export async function countFailure(
  trx: Trx,
  failure: { provider: ProviderId; by: string; openUntil: Date },
): Promise<boolean> {
  const row = await trx
    .insertInto("provider_circuits")
    .values({ provider: failure.provider, failures: 1, failed_by: failure.by })
    .onConflict((conflict) =>
      conflict
        .column("provider")
        .doUpdateSet({
          failures: sql<number>`provider_circuits.failures + 1`,
          failed_by: failure.by,
          open_until: sql<Date | null>`case
            when provider_circuits.failures + 1 >= ${FAILURES_UNTIL_OPEN}
            then ${failure.openUntil}::timestamptz end`,
        })
        .where("provider_circuits.failures", "<", FAILURES_UNTIL_OPEN)
        .where((eb) =>
          eb.or([
            eb("provider_circuits.failures", "=", 0),
            eb("provider_circuits.failed_by", "is distinct from", failure.by),
          ]),
        ),
    )
    .returning("open_until")
    .executeTakeFirst();
  return row?.open_until != null;
}

/** The probe got no answer either. Writes only while this probe is still the current one. */
export const recordFailedProbe = (
  trx: Trx,
  probe: { provider: ProviderId; probeUntil: Date; openUntil: Date },
) =>
  trx
    .updateTable("provider_circuits")
    .set({
      failures: sql<number>`failures + 1`,
      open_until: probe.openUntil,
      probe_until: null,
    })
    .where("provider", "=", probe.provider)
    .where("probe_until", "=", probe.probeUntil)
    .execute();

/** Releases a probe whose call was never made. */
export const dropProbe = (trx: Trx, provider: ProviderId, probeUntil: Date) =>
  trx
    .updateTable("provider_circuits")
    .set({ probe_until: null })
    .where("provider", "=", provider)
    .where("probe_until", "=", probeUntil)
    .execute();
