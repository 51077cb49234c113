/** Examines whether this Segue as a whole works: its database, its workers and its tutors. */
import { sql } from "kysely";
import { asService } from "#lib/platform/db.ts";
import { MIGRATIONS, missingMigrations } from "#lib/platform/migrations/migrate.ts";
import { rolesRefusal } from "#lib/platform/roles/roles.ts";
import { wordsFor } from "#lib/platform/words.ts";
import { connectionsToRenew } from "#lib/records/grants/queries/active.ts";
import { countTutors } from "#lib/records/people/queries.ts";
import { unsettledTutorsAt } from "#lib/records/sessions/queries/unsettled.ts";
import {
  type OperatorTroubleView,
  operatorTroubles,
} from "#lib/services/calls/operatorTroubles.ts";
import { allZoneChanges } from "#lib/services/sessions/zoneChanges.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { examineCatalog } from "./catalog.ts";
import { examineSender, machinesNames, type Names } from "./sender.ts";

export interface Diagnosis {
  /** For programs. As JSON, its instants are ISO 8601 in UTC. */
  report: unknown;
  lines: string[];
  /** The problems, in one sentence each. */
  problems: string[];
}

/** A job that has waited for this long has no worker. */
const LATE_SECONDS = 60;
/** A worker completes at least one job each minute. */
const IDLE_SECONDS = 180;

export async function examineInstallation(
  ctx: Context,
  names: Names = machinesNames(),
): Promise<Diagnosis> {
  const { rows } = await sql<{ version: string }>`
    select current_setting('server_version') as version`.execute(ctx.db);
  const database = `PostgreSQL ${rows[0]?.version}${ctx.config.databaseUrl ? "" : ", embedded"}`;
  const missing = await missingMigrations({ db: ctx.db }, MIGRATIONS);
  const lines = [`Database: ${database}`, `Migrations missing: ${missing.join(", ") || "none"}`];
  if (missing.length > 0) {
    const problem = `Migrations to be applied: ${missing.length} (npm run segue -- migrate)`;
    return { report: { database, missing }, lines, problems: [problem] };
  }
  const refusal = await rolesRefusal(ctx.db);
  if (refusal) return { report: { database, missing, refusal }, lines, problems: [refusal] };
  const catalog = await examineCatalog(ctx.db);
  lines.push(...catalog.lines);
  const work = await examineWork(ctx, names).catch((error: unknown) => {
    // What is missing may be what the other questions read: then it alone is said.
    if (catalog.problems.length === 0) throw error;
    return { report: {}, lines: [], problems: [] };
  });
  return {
    report: { database, missing, catalog: catalog.report, ...work.report },
    lines: [...lines, ...work.lines],
    problems: [...catalog.problems, ...work.problems],
  };
}

/** What there is to do, and whether it is done. */
async function examineWork(
  ctx: Context,
  names: Names,
): Promise<Diagnosis & { report: Record<string, unknown> }> {
  const now = ctx.clock();
  const people = await asService(ctx.db, async (trx) => ({
    tutors: await countTutors(trx),
    toReconnect: (await connectionsToRenew(trx)).length,
    toLookAt: new Set(await unsettledTutorsAt(trx, now)).size,
  }));
  const { changes, unknownZones } = await allZoneChanges(ctx);
  const zoneChanges = changes.length;
  const jobs = await jobsOf(ctx);
  const sender = await examineSender(ctx.config, names);
  const troubles = await operatorTroubles(ctx);
  const lines = [
    `Tutors: ${people.tutors}; ${people.toLookAt} with something under way or waiting`,
    `To reconnect: ${people.toReconnect}`,
    `Lessons whose local time changed with zone rules: ${zoneChanges}`,
    jobs
      ? `Jobs: ${jobs.waiting} waiting, ${jobs.active} at work, ${jobs.failed} failed`
      : "Jobs: no queues yet",
    ...sender.lines,
  ];
  const problems = [
    ...troubles.map((trouble) => operatorProblem(ctx, trouble)),
    ...(people.toReconnect > 0
      ? [`Tutors who have to reconnect their provider: ${people.toReconnect}`]
      : []),
    ...(zoneChanges > 0
      ? [
          `Lessons for tutors to decide on, since zone rules changed: ${zoneChanges} (npm run segue -- zone-changes)`,
        ]
      : []),
    ...(unknownZones.length > 0
      ? [
          `Lessons are in zones that this version of Node.js doesn't know, so their times are kept as they are: ${unknownZones.join(", ")}`,
        ]
      : []),
    ...(jobs ? [] : ["The job queues don't exist yet: Segue has never run on this database"]),
    ...(jobs ? troubleWith(jobs) : []),
    ...sender.problems,
  ];
  return {
    report: { ...people, zoneChanges, jobs, sender: sender.report, troubles },
    lines,
    problems,
  };
}

/** What only whoever runs the installation can mend, in the words of support's page, with the address that helps. */
function operatorProblem(
  ctx: Context,
  { provider, kind, detail, help, since }: OperatorTroubleView,
) {
  const words = wordsFor("en", "support.troubles");
  const label = ctx.providers.label(provider);
  const when = `${since.slice(0, 16).replace("T", " ")} UTC`;
  return [
    words("operatorRow", { kind, provider: label, when }),
    ...(detail ? [sentence(words("operatorSaid", { provider: label, detail }))] : []),
    ...(help ? [`${words("operatorHelp", { kind, provider: label })}: ${help}`] : []),
  ].join(" ");
}

/** The provider's words may lack their full stop, and another sentence follows. */
const sentence = (said: string): string => (/[.!?]$/.test(said) ? said : `${said}.`);

/** Late and idle: no worker is running. Only late: there is more to do than the workers get done. */
function troubleWith({ oldestSeconds, idleSeconds }: JobCounts): string[] {
  if ((idleSeconds ?? 0) > IDLE_SECONDS) {
    return ["No worker takes jobs: is `npm start` or `npm run worker` running?"];
  }
  if (oldestSeconds <= LATE_SECONDS) return [];
  return ["Jobs wait for over a minute: start more workers with `npm run worker`"];
}

interface JobCounts {
  waiting: number;
  active: number;
  failed: number;
  /** The age of the oldest job that could be taken. */
  oldestSeconds: number;
  /** Seconds since the last job was completed; null: none was within the hour for which they are kept. */
  idleSeconds: number | null;
}

/** Uses the database's own clock, because the queues do too. Null where there are no queues yet. */
export async function jobsOf({ db }: Context): Promise<JobCounts | null> {
  const { rows: found } = await sql<{ jobs: string | null }>`
    select to_regclass('pgboss.job')::text as jobs`.execute(db);
  if (!found[0]?.jobs) return null;
  const { rows } = await sql<JobCounts>`
    select count(*) filter (where ready) as waiting,
           count(*) filter (where state = 'active') as active,
           count(*) filter (where state = 'failed') as failed,
           coalesce(extract(epoch from now() - min(start_after) filter (where ready)), 0)::int
             as "oldestSeconds",
           extract(epoch from now() - max(completed_on) filter (where state = 'completed'))::int
             as "idleSeconds"
      from (select *, state in ('created', 'retry') and start_after <= now() as ready
              from pgboss.job where name not like '\\_\\_pgboss%') as job`.execute(db);
  return rows[0] ?? null;
}
