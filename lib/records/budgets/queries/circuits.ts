/**
 * Whether a provider answers; see the paragraphs at the table. Each account, and each account's calls of a kind, have a
 * circuit of their own besides the one of all calls: a provider that lists meetings may make none. `takeCosts` decides who
 * probes.
 */
import { sql } from "kysely";
import type { Trx } from "#lib/platform/db.ts";
import type { CallKind, ProviderId } from "#lib/providers/provider.ts";
import { circuitsOf, FAILURES_UNTIL_OPEN } from "#lib/records/budgets/rules.ts";

interface Called {
  provider: ProviderId;
  kind: CallKind;
  /** Of the account at the provider. */
  userId: string;
}

/** Call this when the provider has answered. */
export const closeCircuits = (trx: Trx, { provider, kind, userId }: Called) =>
  trx
    .updateTable("provider_circuits")
    .set({ failures: 0, failed_by: null, open_until: null, probe_until: null })
    .where("provider", "=", provider)
    .where("operation", "in", circuitsOf(userId, kind))
    .where("failures", ">", 0)
    .execute();

/**
 * Counts a call that got no answer while the provider counts as up. The last of a few such failures opens the
 * circuit: the account's own, if they were about different lessons; that of all calls, if different accounts had them.
 * @returns whether this failure opened a circuit
 */
export async function countFailure(
  trx: Trx,
  failure: Called & { by: string; grantId: string; openUntil: Date },
): Promise<boolean> {
  const { provider, kind, userId, by, grantId, openUntil } = failure;
  const rows = await trx
    .insertInto("provider_circuits")
    .values(
      circuitsOf(userId, kind).map((operation) => ({
        provider,
        operation,
        failures: 1,
        // Of all calls, another lesson of the same account says nothing new.
        failed_by: operation === "all" ? grantId : by,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(["provider", "operation"])
        .doUpdateSet({
          failures: sql<number>`provider_circuits.failures + 1`,
          failed_by: sql<string>`excluded.failed_by`,
          open_until: sql<Date | null>`case
            when provider_circuits.failures + 1 >= ${FAILURES_UNTIL_OPEN}
            then ${openUntil}::timestamptz end`,
        })
        .where("provider_circuits.failures", "<", FAILURES_UNTIL_OPEN)
        .where((eb) =>
          eb.or([
            eb("provider_circuits.failures", "=", 0),
            eb("provider_circuits.failed_by", "is distinct from", eb.ref("excluded.failed_by")),
          ]),
        ),
    )
    .returning("open_until")
    .execute();
  return rows.some((row) => row.open_until !== null);
}

/** The probe got no answer either. Writes only while this probe is still the current one. */
export const recordFailedProbe = (
  trx: Trx,
  probe: Called & { probeUntil: Date; openUntil: Date },
) =>
  trx
    .updateTable("provider_circuits")
    .set({
      failures: sql<number>`failures + 1`,
      open_until: probe.openUntil,
      probe_until: null,
    })
    .where("provider", "=", probe.provider)
    .where("operation", "in", circuitsOf(probe.userId, probe.kind))
    .where("probe_until", "=", probe.probeUntil)
    .execute();

/** Releases a probe whose call was never made. */
export const dropProbe = (trx: Trx, { provider, kind, userId }: Called, probeUntil: Date) =>
  trx
    .updateTable("provider_circuits")
    .set({ probe_until: null })
    .where("provider", "=", provider)
    .where("operation", "in", circuitsOf(userId, kind))
    .where("probe_until", "=", probeUntil)
    .execute();
