/**
 * Figures for Prometheus. Figures about tables are read on request. Calls, joins and the process itself are
 * counted as they happen, by each process for itself.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { asService } from "#lib/platform/db.ts";
import { operatorKinds } from "#lib/providers/errors.ts";
import { type ProviderId, providerIds } from "#lib/providers/provider.ts";
import { utcDay } from "#lib/records/budgets/rules.ts";
import { type Figure, figures } from "#lib/records/figures/queries.ts";
import { migrationSessionStates, migrationStatuses } from "#lib/records/migrations/rules.ts";
import { overdueTutors } from "#lib/services/support/overdueTutors.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { jobsOf } from "#server/doctor/installation.ts";

export interface Metrics {
  called(call: { provider: ProviderId; call: string; outcome: string; seconds: number }): void;
  /** opened: into the room. waiting: too early, over, or no room yet. refused: the lesson isn't theirs. */
  joined(outcome: "opened" | "waiting" | "refused"): void;
  /** The figures in Prometheus' text format. */
  text(ctx: Context): Promise<string>;
}

export const METRICS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

export function createMetrics(): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const calls = new Histogram({
    name: "segue_provider_call_seconds",
    help: "Calls to a provider by this process: how long they took and how they ended",
    labelNames: ["provider", "call", "outcome"],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 7.5],
    registers,
  });
  const joins = new Counter({
    name: "segue_joins_total",
    help: "Clicks on a stable link that this process has answered",
    labelNames: ["outcome"],
    registers,
  });
  const read = gauges(registers);
  return {
    called: ({ seconds, ...labels }) => calls.observe(labels, seconds),
    joined: (outcome) => joins.inc({ outcome }),
    text: async (ctx) => {
      await read(ctx);
      return register.metrics();
    },
  };
}

/** For each figure its help text, and the labels that the figure's two parts belong to. */
const kinds: Record<Figure["name"], { help: string; labels: [string?, string?] }> = {
  migrations: {
    help: "Migrations under way, and those that ended within a day",
    labels: ["status"],
  },
  moves: { help: "Lessons in these migrations", labels: ["state"] },
  meetings: { help: "Rows of the ledger that wait for a call", labels: ["state", "provider"] },
  connections: { help: "Tutors' connections to be renewed", labels: ["provider", "status"] },
  mails: {
    help: "Mails that wait, and those that were sent or given up within a day",
    labels: ["status"],
  },
  lessons_without_room: { help: "Future lessons that have no room", labels: [] },
  lessons_soon_without_room: {
    help: "Lessons of the next two hours that have no room",
    labels: [],
  },
  budgets: { help: "The fullest account's use of a day's limit", labels: ["provider", "limit"] },
  circuits: { help: "1 while a provider counts as down", labels: ["provider"] },
  operator_troubles: {
    help: "1 while a provider answers nobody, or refuses this Segue as a whole",
    labels: ["provider", "kind"],
  },
};

/** Creates each series before its first event: a series that appears with the event shows no increase. */
const known: Partial<Record<Figure["name"], Record<string, string>[]>> = {
  migrations: migrationStatuses.map((status) => ({ status })),
  moves: migrationSessionStates.map((state) => ({ state })),
  connections: providerIds.map((provider) => ({ provider, status: "needs_reconnect" })),
  mails: ["queued", "sent", "failed", "dropped"].map((status) => ({ status })),
  circuits: providerIds.map((provider) => ({ provider })),
  operator_troubles: providerIds.flatMap((provider) =>
    operatorKinds.map((kind) => ({ provider, kind })),
  ),
};

function gauges(registers: Registry[]): (ctx: Context) => Promise<void> {
  const make = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `segue_${name}`, help, labelNames, registers });
  const byName = new Map(
    Object.entries(kinds).map(([name, { help, labels }]) => [
      name,
      make(
        name,
        help,
        labels.flatMap((label) => label ?? []),
      ),
    ]),
  );
  const overdue = make("meetings_overdue", "Rows that nobody has worked on for minutes");
  const jobs = make("jobs", "Jobs in the queues", ["state"]);
  const oldest = make("jobs_oldest_seconds", "Age of the oldest job that could be taken");

  return async (ctx) => {
    const now = ctx.clock();
    const seen = await asService(ctx.db, async (trx) => ({
      rows: await figures(trx, { now, today: utcDay(now) }),
      late: await overdueTutors(ctx, trx),
    }));
    const queues = await jobsOf(ctx);
    for (const [name, gauge] of byName) {
      gauge.reset();
      for (const labels of known[name as Figure["name"]] ?? []) gauge.set(labels, 0);
    }
    for (const { name, first, second, value } of seen.rows) {
      const [one, two] = kinds[name].labels;
      const labels = { ...(one && { [one]: first }), ...(two && { [two]: second }) };
      byName.get(name)?.set(labels, Number(value));
    }
    overdue.set(seen.late.reduce((sum, { count }) => sum + Number(count), 0));
    for (const state of ["waiting", "active", "failed"] as const) {
      jobs.set({ state }, Number(queues?.[state] ?? 0));
    }
    oldest.set(Number(queues?.oldestSeconds ?? 0));
  };
}
