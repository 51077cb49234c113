/** The queues of jobs, and their schema in the database, which only its owner may alter. */
import { setTimeout as delay } from "node:timers/promises";
import { sql } from "kysely";
import { type ConstructorOptions, fromPglite, PgBoss } from "pg-boss";
import type { OpenDatabase } from "#lib/platform/db.ts";
import {
  HEARTBEAT_SECONDS,
  JOB_EXPIRY_SECONDS,
  LINKS_EXPIRY_SECONDS,
} from "#lib/platform/patience.ts";
import { reasonOf } from "#lib/platform/reason.ts";

export const RECONCILE = "reconcile";
export const MAIL = "mail";
export const CLOCK = "clock";
export const LINKS = "links";
export const queues = [RECONCILE, MAIL, CLOCK, LINKS] as const;

/** As each is made. An existing queue keeps the options that it was made with. */
const queueOptions = {
  policy: "singleton",
  notify: true,
  // After this time without a heartbeat a worker counts as dead, and another one retries its job, however
  // often.
  heartbeatSeconds: HEARTBEAT_SECONDS,
  retryLimit: 1000,
  retryDelay: 1,
  retryBackoff: false,
  expireInSeconds: JOB_EXPIRY_SECONDS,
  retentionSeconds: 86_400,
  deleteAfterSeconds: 3_600,
} as const;

/** A run over all tutors takes long. If one dies, the next hour's run takes its place. */
const linksOptions = {
  ...queueOptions,
  retryLimit: 0,
  expireInSeconds: LINKS_EXPIRY_SECONDS,
} as const;

export const optionsOf = (queue: string) => (queue === LINKS ? linksOptions : queueOptions);

/** It neither starts nor alters anything yet. */
export function bossOn(
  { engine }: OpenDatabase,
  options: Partial<ConstructorOptions> = {},
): PgBoss {
  const place =
    engine.kind === "embedded"
      ? { db: fromPglite(engine.pglite), backend: "pglite" as const }
      : { ...engine.connection, max: engine.forJobs, backend: "postgres" as const };
  return new PgBoss({
    ...place,
    schema: "pgboss",
    // An instance would write this machine's name and a heartbeat into a table that nobody reads.
    registerInstance: false,
    migrate: false,
    ...options,
  });
}

/** One that works on nothing, only for so long. What it meets by itself meanwhile ends the work. */
async function withBoss<T>(
  database: OpenDatabase,
  options: Partial<ConstructorOptions>,
  work: (boss: PgBoss) => Promise<T>,
): Promise<T> {
  const boss = bossOn(database, { supervise: false, schedule: false, ...options });
  const met = new Promise<never>((_, reject) => boss.once("error", reject));
  // Nobody hears of it otherwise, and an event of that name without a listener ends the process.
  boss.on("error", () => undefined);
  try {
    return await Promise.race([met, boss.start().then(work)]);
  } finally {
    await boss.stop();
  }
}

/** Alters nothing. */
export const areJobsSetUp = (database: OpenDatabase): Promise<boolean> =>
  withBoss(database, {}, async () => true).catch((error: unknown) => {
    if (/is not installed|requires migrations/.test(reasonOf(error))) return false;
    throw error;
  });

/** Indices of an upgrade that the library builds beside everything else, and only where it may alter the schema. */
async function areIndicesBuilt({ db }: OpenDatabase): Promise<boolean> {
  const { rows } = await sql`
    select from pgboss.bam where status in ('pending', 'in_progress') limit 1`.execute(db);
  return rows.length === 0;
}

/** What takes longer is gone on with at the next start, or by the next `segue migrate`. */
const BUILT_WITHIN_MS = 120_000;
const LOOKED_AT_MS = 250;

/**
 * Brings the schema of the jobs up to date. Idempotent. Only the database's owner may.
 * @returns whether there was anything to do
 */
export async function setUpJobs(database: OpenDatabase): Promise<boolean> {
  if ((await areJobsSetUp(database)) && (await areIndicesBuilt(database))) return false;
  await withBoss(database, { migrate: true, bamIntervalSeconds: 10 }, async () => {
    const end = performance.now() + BUILT_WITHIN_MS;
    while (performance.now() < end && !(await areIndicesBuilt(database))) await delay(LOOKED_AT_MS);
  });
  // Jobs are sent in transactions that act as the service role.
  await database.exec(grantJobsTo("service_role"));
  return true;
}

/** @param role as SQL writes it */
export const grantJobsTo = (role: string): string => `
  grant usage on schema pgboss to ${role};
  grant all on all tables in schema pgboss to ${role};
  grant all on all sequences in schema pgboss to ${role};
  grant execute on all functions in schema pgboss to ${role};`;
