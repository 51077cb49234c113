/** The one place where a `Context` is assembled for real use. */
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { systemClock } from "#lib/platform/clock.ts";
import { ConcurrencyLimits } from "#lib/platform/concurrency/concurrencyLimits.ts";
import type { Config } from "#lib/platform/config.ts";
import type { OpenDatabase } from "#lib/platform/db.ts";
import { createLogger } from "#lib/platform/logger.ts";
import { systemZoneRules } from "#lib/platform/zones/zoneRules.ts";
import { createProviders } from "#lib/providers/registry.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { createJobs, type Jobs } from "./jobs/jobs.ts";
import { measured } from "./metrics/measured.ts";
import { createMetrics, type Metrics } from "./metrics/metrics.ts";

export function createContext(
  config: Config,
  database: OpenDatabase,
  { listens = true }: { listens?: boolean } = {},
): { ctx: Context; jobs: Jobs; metrics: Metrics } {
  const log = createLogger(config.logLevel);
  const jobs = createJobs(database, log, listens);
  const metrics = createMetrics();
  const ctx: Context = {
    db: database.db,
    config,
    clock: systemClock,
    zoneRules: systemZoneRules,
    log,
    providers: measured(createProviders(config), metrics.called),
    concurrency: new ConcurrencyLimits(),
    newId: randomUUID,
    random: Math.random,
    sleep: (milliseconds) => delay(milliseconds),
    nudge: jobs.nudge,
    nudgeMail: jobs.nudgeMail,
  };
  return { ctx, jobs, metrics };
}
