import type { Config } from "#lib/platform/config.ts";

export interface GoogleSettings extends Omit<Config["google"], "credentials"> {
  credentials: NonNullable<Config["google"]["credentials"]>;
  clock: () => Date;
  /** A fresh one for each method, shared by the calls that the method makes. */
  deadline: () => AbortSignal;
}

/** Calendar publishes no limit for `summary`; more than this is no title. */
export const TITLE_LENGTH = 300;

export const linkDomains = ["meet.google.com"] as const;
