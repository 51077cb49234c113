/** Requests by autocannon, in a process of its own. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";

const run = promisify(execFile);
const autocannon = fileURLToPath(import.meta.resolve("autocannon"));

const report = z.object({
  requests: z.object({ average: z.number() }),
  latency: z.object({ p50: z.number(), p99: z.number(), max: z.number() }),
  errors: z.number(),
  statusCodeStats: z.record(z.string(), z.object({ count: z.number() })),
});

export interface Load {
  url: string;
  headers: Record<string, string>;
  seconds: number;
  /** Requests in a second, whatever the answers take: each is timed from when it was due. Otherwise as many as go. */
  rate?: number;
}

export interface Seen {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  max: number;
  /** How often which status was answered. */
  statuses: string;
}

const CONNECTIONS = 10;

export async function load({ url, headers, seconds, rate }: Load): Promise<Seen> {
  const { stdout } = await run(process.execPath, [
    autocannon,
    "--json",
    ...["--connections", `${CONNECTIONS}`, "--duration", `${seconds}`],
    ...(rate === undefined ? [] : ["--overallRate", `${rate}`]),
    ...Object.entries(headers).flatMap(([name, value]) => ["--headers", `${name}=${value}`]),
    url,
  ]);
  const { requests, latency, errors, statusCodeStats } = report.parse(JSON.parse(stdout));
  const statuses = Object.entries(statusCodeStats).map(([code, { count }]) => `${count} × ${code}`);
  if (errors > 0) statuses.push(`${errors} without an answer`);
  return { perSecond: requests.average, ...latency, statuses: statuses.join(", ") };
}
