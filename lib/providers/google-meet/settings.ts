import type { Config } from "#lib/platform/config.ts";

export interface GoogleSettings extends Omit<Config["google"], "credentials"> {
  credentials: NonNullable<Config["google"]["credentials"]>;
  clock: () => Date;
  /** Returns a fresh deadline for each method, shared by the calls that the method makes. */
  deadline: () => AbortSignal;
}

/** Calendar publishes no limit for `summary`. Nobody needs a longer title than this. */
export const TITLE_LENGTH = 300;

export const linkDomains = ["meet.google.com"] as const;
