/** What every verb works with. Made once by `server/`, by tests with a clock and providers of their own. */

import type { Clock } from "#lib/platform/clock.ts";
import type { Config } from "#lib/platform/config.ts";
import type { Db, Trx } from "#lib/platform/db.ts";
import type { Logger } from "#lib/platform/logger.ts";
import type { Providers } from "#lib/providers/registry.ts";

export interface Context {
  db: Db;
  config: Config;
  clock: Clock;
  log: Logger;
  providers: Providers;
  /** A fresh uuid; injected so that a simulation can repeat itself. */
  newId: () => string;
  /** In [0, 1), for jitter. */
  random: () => number;
  /** Waits without holding anything. */
  sleep: (milliseconds: number) => Promise<void>;
  /** Asks for a `reconcile` of this tutor once the transaction has committed. */
  nudge: (trx: Trx, tutorId: string) => Promise<void>;
  /** Asks for the queued mails to be sent once the transaction has committed. */
  nudgeMail: (trx: Trx) => Promise<void>;
}

export type Role = "tutor" | "student" | "admin";

/** Somebody signed in. */
export interface Person {
  id: string;
  name: string;
  email: string;
  role: Role;
  /** IANA. */
  timeZone: string;
  /** One of the catalog's. */
  language: string;
}
