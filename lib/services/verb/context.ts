/**
 * What every verb works with. `server/` makes it once; tests make it with a clock and providers of their own.
 */

import type { Clock } from "#lib/platform/clock.ts";
import type { ConcurrencyLimits } from "#lib/platform/concurrency/concurrencyLimits.ts";
import type { Config } from "#lib/platform/config.ts";
import type { ClockHours } from "#lib/platform/dateWords.ts";
import type { Db, Trx } from "#lib/platform/db.ts";
import type { Logger } from "#lib/platform/logger.ts";
import type { ZoneRules } from "#lib/platform/zones/zoneRules.ts";
import type { Providers } from "#lib/providers/registry.ts";

export interface Context {
  db: Db;
  config: Config;
  clock: Clock;
  /** What clocks show where. Every time of a zone goes through it. */
  zoneRules: ZoneRules;
  log: Logger;
  providers: Providers;
  /** How many calls to each account this process may have under way. */
  concurrency: ConcurrencyLimits;
  /** Returns a fresh UUID. It is injected so that a simulation can repeat itself. */
  newId: () => string;
  /** Returns a number in [0, 1), for jitter. */
  random: () => number;
  /** Waits. No lock, lease or transaction may be held meanwhile. */
  sleep: (milliseconds: number) => Promise<void>;
  /** Asks for a `reconcile` of this tutor once the transaction has committed. */
  nudge: (trx: Trx, tutorId: string) => Promise<void>;
  /** Asks for the queued mails to be sent once the transaction has committed. */
  nudgeMail: (trx: Trx) => Promise<void>;
}

export type Role = "tutor" | "student" | "admin";

/** Somebody who is signed in. */
export interface Person {
  id: string;
  name: string;
  email: string;
  role: Role;
  /** An IANA name. */
  timeZone: string;
  /** A language of the catalog. */
  language: string;
  /** On which clock they read times. */
  clockHours: ClockHours;
  /** Whether the mailbox of their address has answered. */
  isConfirmed: boolean;
}
