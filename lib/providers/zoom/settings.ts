import type { Config } from "#lib/platform/config.ts";

export interface ZoomSettings extends Omit<Config["zoom"], "credentials"> {
  credentials: NonNullable<Config["zoom"]["credentials"]>;
  clock: () => Date;
  /** A fresh one for each method, shared by the calls that the method makes. */
  deadline: () => AbortSignal;
}

/** Zoom's published length of `topic`. */
export const TITLE_LENGTH = 200;

/** Accounts have hosts like `us05web.zoom.us`, or their own name before it. */
export const linkDomains = ["zoom.us", "zoom.com"] as const;
