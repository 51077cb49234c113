import type { Config } from "#lib/platform/config.ts";

export interface ZoomSettings extends Omit<Config["zoom"], "credentials"> {
  credentials: NonNullable<Config["zoom"]["credentials"]>;
  clock: () => Date;
  /** Returns a fresh deadline for each method, shared by the calls that the method makes. */
  deadline: () => AbortSignal;
}

/** The longest `topic` that Zoom's documentation allows, in characters. */
export const TITLE_LENGTH = 200;

/** What a link holds that opens the room by itself; left out where the account doesn't embed passcodes. */
export const roomParameters = ["pwd"] as const;

/** Accounts have hosts like `us05web.zoom.us`, or their own name before the domain. */
export const linkDomains = ["zoom.us", "zoom.com"] as const;
