/** What one process of Segue holds: created by `start`, used by pages, routes, jobs and commands. */
import type { OpenDatabase } from "#lib/platform/db.ts";
import type { Context } from "#lib/services/verb/context.ts";
import type { Auth } from "./auth.ts";
import type { Jobs } from "./jobs/jobs.ts";
import type { Metrics } from "./metrics/metrics.ts";

export interface Runtime {
  ctx: Context;
  auth: Auth;
  database: OpenDatabase;
  jobs: Jobs;
  metrics: Metrics;
  /** Stops jobs and connections in order. Idempotent. */
  stop(): Promise<void>;
}

// On globalThis, since Next bundles the instrumentation and each route separately.
const holder = globalThis as { segueRuntime?: Runtime };

export function keepRuntime(runtime: Runtime): void {
  holder.segueRuntime = runtime;
}

export function runtime(): Runtime {
  if (!holder.segueRuntime) throw new Error("Segue hasn't started yet");
  return holder.segueRuntime;
}
