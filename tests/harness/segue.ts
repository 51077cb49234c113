/**
 * The verbs as the app runs them, for one test file: a database of its own, the stand-ins over HTTP, a clock
 * that only tests move, and a worker that runs only when a test calls `work` or `later`.
 */
import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import pino from "pino";
import { ConcurrencyLimits } from "#lib/platform/concurrency/concurrencyLimits.ts";
import { parseConfig } from "#lib/platform/config.ts";
import { asService } from "#lib/platform/db.ts";
import { systemZoneRules } from "#lib/platform/zones/zoneRules.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import { createProviders } from "#lib/providers/registry.ts";
import type { Meeting } from "#lib/records/meetings/rules.ts";
import { setConfirmed } from "#lib/records/people/queries.ts";
import type { Session } from "#lib/records/sessions/rules.ts";
import { acceptBooking } from "#lib/services/bookings/acceptBooking.ts";
import { requestBooking } from "#lib/services/bookings/requestBooking.ts";
import { reconcile } from "#lib/services/reconcile/reconcile.ts";
import { dueTutors, unsettledTutors } from "#lib/services/reconcile/sweep.ts";
import { beginAuthorization, completeAuthorization } from "#lib/services/switching/authorize.ts";
import { awaitMigration } from "#lib/services/switching/awaitMigration.ts";
import type { MigrationResult } from "#lib/services/switching/views.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { type TestDatabase, testDatabase } from "./databases/database.ts";
import { PATIENCE_MS } from "./patience.ts";
import { type StandIns, startStandIns } from "./standIns.ts";
import { type TestClock, testClock } from "./time/clock.ts";
import { Flight, type SeenCall, watch } from "./watch.ts";

const APP_URL = "http://localhost:3000";
/** While a call waits for its turn in a pace, no worker comes by. */
const WORKER_COMES_AFTER_MS = 100;
/** What a test's calendar entries end in. */
export const UID_HOST = "calendar.example";

export interface LogLine {
  level: number;
  msg: string;
  [field: string]: unknown;
}

export interface Ask {
  subject?: string;
  startsAt?: Date;
  durationMinutes?: number;
  timeZone?: string;
  repeatWeekly?: number;
  /** Runs between the student's request and the tutor's answer. */
  asked?: () => Promise<unknown>;
}

export interface Segue {
  ctx: Context;
  clock: TestClock;
  database: TestDatabase;
  standIns: StandIns;
  /** What was logged since the last `fresh`. */
  logs: LogLine[];
  messages(): string[];
  /** Tutors who were nudged and not worked on yet. */
  nudged: Set<string>;
  mailNudges: number;
  /** Runs before and after each call to a provider, while the work is under way. */
  onCall: ((call: SeenCall) => Promise<void>) | null;
  /** Call between tests: clears faults, nudges and logs, and forgets the people of earlier tests. */
  fresh(): Promise<void>;
  person(role: "tutor" | "student", who?: Who): Promise<Person>;
  visit(person: Person): { personId: string; browserSessionId: string };
  /**
   * Goes through the whole consent. `account`: the account's address at the provider; default: the tutor's.
   */
  connect(tutor: Person, provider: ProviderId, account?: string): Promise<MigrationResult | null>;
  /** Books lessons and accepts them. @returns the lessons' ids, soonest first */
  book(tutor: Person, student: Person, ask?: Ask): Promise<string[]>;
  /** Books `count` single lessons, an hour apart from tomorrow on, and makes their rooms. */
  lessons(tutor: Person, student: Person, count: number, ask?: Ask): Promise<string[]>;
  /** Runs the worker on what was nudged, until nothing is due now. */
  work(): Promise<void>;
  /** Moves the clock, runs the sweep, and then the worker. */
  later(by: Parameters<TestClock["advance"]>[0]): Promise<void>;
  sessions(tutor: Person): Promise<Session[]>;
  ledger(tutor: Person): Promise<Meeting[]>;
  rows(query: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export const redirectUri = (provider: ProviderId): string =>
  `${APP_URL}/api/auth/${provider === "zoom" ? "zoom" : "google"}/callback`;

/** What differs from the people that a test otherwise gets. */
export type Who = Partial<Pick<Person, "name" | "email" | "timeZone" | "language" | "isConfirmed">>;

export interface SegueOptions {
  start?: Date | string;
  env?: Record<string, string>;
  /** Whether calls that a fault holds back reach their deadline as soon as no other call is under way. */
  endHeldCalls?: boolean;
}

/**
 * Most files use `scene`, which calls this. Otherwise: `testSegue` in `beforeAll`, `fresh` in `beforeEach`,
 * and `close` in `afterAll`.
 * @param segue the object to fill
 */
export async function testSegue(options: SegueOptions = {}, segue = {} as Segue): Promise<Segue> {
  const clock = testClock(options.start);
  const flight = new Flight();
  const [database, standIns] = await Promise.all([
    testDatabase(),
    startStandIns(APP_URL, clock, flight),
  ]);
  const config = parseConfig({
    APP_URL,
    AUTH_SECRET: "x".repeat(32),
    TOKEN_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString("base64")}`,
    ...standIns.env,
    ...options.env,
  });
  const { db } = database;
  await sql`update installation set uid_host = ${UID_HOST}`.execute(db);
  const logs: LogLine[] = [];
  const nudged = new Set<string>();
  const browsers = new Map<string, string>();
  let cast = new Set<string>();
  let working = false;
  const deadline = options.endHeldCalls ? flight.deadline : () => AbortSignal.timeout(PATIENCE_MS);
  const providers = createProviders(config, { clock, deadline });

  const ctx: Context = {
    db,
    config,
    clock,
    zoneRules: systemZoneRules,
    log: pino(
      { level: "trace", base: null },
      { write: (line: string) => void logs.push(JSON.parse(line) as LogLine) },
    ),
    providers: watch(providers, flight, (call) => segue.onCall?.(call)),
    concurrency: new ConcurrencyLimits(),
    newId: randomUUID,
    random: () => 0.5,
    // Time passes only after the answers to calls under way have arrived.
    sleep: async (milliseconds) => {
      await flight.landed();
      clock.advance({ seconds: milliseconds / 1000 });
      if (!working && milliseconds >= WORKER_COMES_AFTER_MS) await segue.work();
    },
    nudge: async (_trx, tutorId) => void nudged.add(tutorId),
    nudgeMail: async () => {
      segue.mailNudges += 1;
    },
  };

  return Object.assign(segue, {
    ctx,
    clock,
    database,
    standIns,
    logs,
    messages: () => logs.map(({ msg }) => msg),
    nudged,
    mailNudges: 0,
    onCall: null,
    fresh: async () => {
      segue.onCall = null;
      segue.mailNudges = 0;
      logs.length = 0;
      nudged.clear();
      cast = new Set();
      await standIns.faults();
      await standIns.forgetCalls();
    },
    person: async (role, who = {}) => {
      const id = randomUUID();
      const name = who.name ?? `${role === "tutor" ? "Tara" : "Sam"} ${id.slice(0, 4)}`;
      const person: Person = {
        id,
        name,
        role,
        email: `${id}@people.example`,
        timeZone: "Etc/UTC",
        language: "en",
        clockHours: 24,
        isConfirmed: true,
      };
      Object.assign(person, who);
      await sql`insert into identity."user" (id, name, email, role, time_zone, language)
        values (${id}, ${person.name}, ${person.email}, ${role}, ${person.timeZone}, ${person.language})`.execute(
        db,
      );
      if (person.isConfirmed) await asService(db, (trx) => setConfirmed(trx, id, clock()));
      cast.add(id);
      browsers.set(id, randomUUID());
      return person;
    },
    visit: ({ id }) => ({ personId: id, browserSessionId: browsers.get(id) ?? "" }),
    connect: async (tutor, provider, account = tutor.email) => {
      const visit = segue.visit(tutor);
      const uri = redirectUri(provider);
      const page = await beginAuthorization(ctx, visit, provider, uri);
      const back = await standIns.consent(page, { account, decision: "allow" });
      const params = back.searchParams;
      const result = await completeAuthorization(ctx, visit, {
        provider,
        params,
        redirectUri: uri,
      });
      if (!result?.migrationId) return null;
      const atOnce = { ...ctx, config: { ...config, switchWaitSeconds: 0 } };
      return { ...(await awaitMigration(atOnce, result.migrationId)), ...result };
    },
    book: async (tutor, student, ask = {}) => {
      const { id } = await requestBooking(ctx, student, {
        tutorId: tutor.id,
        subject: ask.subject ?? "Mathematics",
        startsAt: (ask.startsAt ?? tomorrow(clock)).toISOString(),
        durationMinutes: ask.durationMinutes ?? 45,
        timeZone: ask.timeZone ?? tutor.timeZone,
        repeatWeekly: ask.repeatWeekly ?? 1,
      });
      await ask.asked?.();
      return (await acceptBooking(ctx, tutor, id)).sessionIds;
    },
    lessons: async (tutor, student, count, ask = {}) => {
      const first = ask.startsAt ?? tomorrow(clock);
      const ids: string[] = [];
      for (let i = 0; i < count; i++) {
        const startsAt = new Date(first.getTime() + i * 3_600_000);
        const subject = ask.subject ?? `Lesson ${i + 1}.`;
        ids.push(...(await segue.book(tutor, student, { ...ask, subject, startsAt })));
      }
      await segue.work();
      return ids;
    },
    work: async () => {
      if (working) throw new Error("The worker is at work already");
      working = true;
      try {
        for (let runs = 0; nudged.size > 0; runs++) {
          if (runs > 200) throw new Error("The worker doesn't come to rest");
          const [tutorId] = nudged;
          if (tutorId === undefined) return;
          nudged.delete(tutorId);
          const { nextAt } = await reconcile(ctx, tutorId);
          if (nextAt && nextAt <= clock()) nudged.add(tutorId);
        }
      } finally {
        working = false;
      }
    },
    later: async (by) => {
      clock.advance(by);
      for (const id of [...(await dueTutors(ctx)), ...(await unsettledTutors(ctx))]) {
        if (cast.has(id)) nudged.add(id);
      }
      await segue.work();
    },
    sessions: ({ id }) =>
      asService(db, (trx) =>
        trx
          .selectFrom("sessions")
          .selectAll()
          .where("tutor_id", "=", id)
          .orderBy("scheduled_start_at")
          .execute(),
      ),
    ledger: ({ id }) =>
      asService(db, (trx) =>
        trx
          .selectFrom("meetings")
          .selectAll()
          .where("tutor_id", "=", id)
          .orderBy("created_at")
          .orderBy("id")
          .execute(),
      ),
    rows: async (query) => (await sql.raw<Record<string, unknown>>(query).execute(db)).rows,
    close: async () => {
      await standIns.close();
      await database.close();
    },
  } satisfies Segue);
}

const tomorrow = (clock: TestClock) => new Date(clock().getTime() + 86_400_000);
