/** A world of one or two tutors: a database, two clouds, processes that come and go, and all the checks. */
import pino from "pino";
import { ConcurrencyLimits } from "#lib/platform/concurrency/concurrencyLimits.ts";
import type { Config } from "#lib/platform/config.ts";
import { systemZoneRules } from "#lib/platform/zones/zoneRules.ts";
import { withinBounds } from "#lib/providers/believed.ts";
import type { Budget, Limit, ProviderId, VideoProvider } from "#lib/providers/provider.ts";
import type { Providers } from "#lib/providers/registry.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { processDatabase } from "#tests/simulation/machine/database.ts";
import { Dice } from "#tests/simulation/machine/dice.ts";
import { Faults } from "#tests/simulation/machine/faults.ts";
import type { Prepared } from "#tests/simulation/machine/prepared.ts";
import { type Process, Scheduler } from "#tests/simulation/machine/scheduler.ts";
import type { Cloud } from "#tests/simulation/model/cloud.ts";
import { meetCloud, zoomCloud } from "#tests/simulation/model/clouds.ts";
import { portTo } from "#tests/simulation/model/port.ts";
import type { Happening, Sky } from "#tests/simulation/model/sky.ts";
import { arrows, walked } from "./arrows.ts";
import { checkCall, checkDay, checkRefreshes, checkRevoked } from "./checkCalls.ts";
import { checkCommit } from "./checkCommits.ts";
import { emptySnapshot, type Snapshot, takeSnapshot } from "./snapshot.ts";
import type { Watched, Wish } from "./watched.ts";

/** Made once, for all worlds of a run. */
export interface Ground {
  database: Prepared;
  config: Config;
  /** The real providers, because the model must know exactly what they know without a call. */
  providers: Providers;
}

interface Cast {
  tutors: Person[];
  /** Has an account. */
  student: Person | null;
  /** By tutor, the student whom they wrote down. */
  unsigned: Map<string, string>;
}

export class Violation extends Error {
  override readonly name = "Violation";
}

/** Whether a connection to the database was cut. */
const isCut = (error: object): boolean => "code" in error && error.code === "57P01";

/** Zoom's published limit. A day of this size is seldom filled here. */
const PUBLISHED_DAY = 100;
const SMALL_DAY = { calls: 8, reserved: 2 };

/** Twice the slowest, for the request and its answer, is still less than a call may take. */
const SLOWEST_MS = [400, 400, 3_300];

/** A morning, and an evening whose faults go on past midnight, when providers start to count anew. */
const STARTS = [Date.UTC(2026, 10, 2, 9), Date.UTC(2026, 10, 2, 23, 46)];

export class World implements Watched {
  readonly ground: Ground;
  readonly dice: Dice;
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly clouds: Record<ProviderId, Cloud>;
  readonly skies: Record<ProviderId, Sky>;
  readonly wishes = new Map<Process, Wish>();
  readonly arrows = new Map<string, number>(arrows.map((arrow) => [arrow, 0]));
  readonly people: Cast = { tutors: [], student: null, unsigned: new Map() };
  seen: Snapshot = emptySnapshot;
  /** Tutors who were nudged. */
  nudges: string[] = [];
  /** Commits so far that wrote something. */
  changes = 0;
  /** Until then the mail server can't be reached. */
  mailAwayUntil = 0;
  /** Full sweeps no longer find anything to do, and nothing has changed since. */
  isAllWell = false;
  /** The first violation. */
  violation: Violation | null = null;
  #serial = 0;
  /** Whether this world's Zoom publishes so few writes a day that a few lessons use them up. */
  readonly #isSmall: boolean;

  constructor(ground: Ground, seed: number) {
    this.ground = ground;
    this.dice = new Dice(seed);
    this.scheduler = new Scheduler(this.dice, this.dice.pick(STARTS));
    this.faults = new Faults(this.dice);
    const { clock } = this.scheduler;
    this.#isSmall = this.dice.chance(0.3);
    this.clouds = {
      google_meet: meetCloud(clock, this.dice),
      zoom: zoomCloud(clock, this.dice, {
        writesPerDay: this.#isSmall ? SMALL_DAY.calls : PUBLISHED_DAY,
        linksLackPasscode: this.dice.chance(0.4),
      }),
    };
    this.skies = { google_meet: this.#sky("google_meet"), zoom: this.#sky("zoom") };
  }

  get config(): Config {
    return this.ground.config;
  }

  violate(words: string): void {
    this.violation ??= new Violation(words);
  }

  process(kind: string): Process {
    this.#serial += 1;
    return { name: `${kind}${this.#serial}`, alive: true, stalledUntil: 0 };
  }

  /** The context of a verb that this process runs. */
  context(process: Process): Context {
    const { scheduler, dice, ground } = this;
    return {
      db: processDatabase(
        {
          database: ground.database,
          scheduler,
          faults: this.faults,
          committed: (by) => this.look(by),
        },
        process,
      ),
      config: ground.config,
      clock: scheduler.clock,
      zoneRules: systemZoneRules,
      log: pino(
        { level: "error", base: null },
        { write: (line: string) => this.#readLog(process, line) },
      ),
      providers: this.#providers(process),
      concurrency: new ConcurrencyLimits(),
      newId: () => dice.uuid(),
      random: dice.next,
      sleep: (milliseconds) => scheduler.park(process, "pause", "pauses", milliseconds),
      nudge: async (_trx, tutorId) => this.nudge(tutorId),
      nudgeMail: async () => undefined,
    };
  }

  nudge(tutorId: string): void {
    if (this.faults.strikes("nudge_lost")) return;
    if (!this.nudges.includes(tutorId)) this.nudges.push(tutorId);
    this.scheduler.wake();
  }

  /**
   * Runs after a commit: finds what changed and checks whether that may be. `by` is null when somebody wrote
   * to the database directly.
   */
  async look(by: Process | null): Promise<void> {
    const before = this.seen;
    this.isAllWell = false;
    this.changes += 1;
    this.seen = await takeSnapshot(this.ground.database);
    for (const arrow of walked(before, this.seen)) {
      this.arrows.set(arrow, (this.arrows.get(arrow) ?? 0) + 1);
    }
    if (by) checkCommit(this, before, by);
  }

  /** Errors that a person or a queue may meet. Anything else is a defect. */
  expectTrouble(process: Process, doing: string, error: unknown): void {
    this.isAllWell = false;
    this.scheduler.note(`${process.name} fails to ${doing}: ${String(error)}`);
    for (let at: unknown = error; at instanceof Error; at = at.cause) {
      if (["Refusal", "ProviderError"].includes(at.name) || isCut(at)) return;
      if (at.name === "ConnectFailed" && at.cause === undefined) return;
    }
    const words = error instanceof Error ? error.stack : String(error);
    this.violate(`${process.name} fails to ${doing}, unexpectedly: ${words}`);
  }

  #providers(process: Process): Providers {
    const { providers } = this.ground;
    const ports = new Map<ProviderId, VideoProvider>(
      (["google_meet", "zoom"] as const).map((id) => [
        id,
        withinBounds(portTo(this.clouds[id], this.skies[id], process), this.scheduler.clock),
      ]),
    );
    return {
      ...providers,
      all: [...ports.values()],
      get: (id) => ports.get(id) ?? providers.get(id),
    };
  }

  /** The real provider's budget; only its day may be smaller. */
  #budget(id: ProviderId): Budget {
    const { budget } = this.ground.providers.get(id);
    if (!this.#isSmall) return budget;
    const shrink = (limit: Limit) =>
      limit.window === "utc_day" ? { ...limit, ...SMALL_DAY } : limit;
    return { ...budget, limits: (plan) => budget.limits(plan).map(shrink) };
  }

  #sky(id: ProviderId): Sky {
    return {
      scheduler: this.scheduler,
      faults: this.faults,
      facts: { ...this.ground.providers.get(id), budget: this.#budget(id) },
      slowest: this.dice.pick(SLOWEST_MS),
      leaves: () => undefined,
      happened: (call: Happening) => checkCall(this, call),
      refreshing: checkRefreshes(this, id),
      refused: (by, error) => checkDay(this, by, error),
      revoked: (account, by) => checkRevoked(this, id, account, by),
      downUntil: 0,
      clientRefusedUntil: 0,
      apiDisabledUntil: 0,
    };
  }

  /** A logged error is a defect unless a cut connection caused it. */
  #readLog(process: Process, line: string): void {
    const { msg, err } = JSON.parse(line) as {
      msg: string;
      err?: { code?: string; stack: string };
    };
    if (err && !isCut(err)) this.violate(`${process.name} logs "${msg}": ${err.stack}`);
  }
}
