/** What the ports to one cloud share: its chances, its facts, and its observers. */
import type { VideoProvider } from "#lib/providers/provider.ts";
import type { Faults } from "#tests/simulation/machine/faults.ts";
import type { Process, Scheduler } from "#tests/simulation/machine/scheduler.ts";
import type { Cloud } from "./cloud.ts";

export type Operation =
  | "exchange"
  | "refresh"
  | "revoke"
  | "account"
  | "create"
  | "find"
  | "get"
  | "update"
  | "delete"
  | "list"
  | "licence";

export interface Sky {
  scheduler: Scheduler;
  faults: Faults;
  /** What real code knows of this provider without asking it: limits, delays, behaviour. */
  facts: Pick<
    VideoProvider,
    | "id"
    | "label"
    | "budget"
    | "requiredScopes"
    | "permissions"
    | "lookupDelays"
    | "oneGrantPerAccount"
    | "revokesWholeAccount"
  >;
  /** The longest time in milliseconds that a request takes, and again its answer. */
  slowest: number;
  /** Runs when a call leaves. */
  leaves: (call: Happening) => void;
  /** Runs after each effect at the provider. */
  happened: (call: Happening) => void;
  /** Runs when a refresh with this token leaves, and when its answer is back. */
  refreshing: (process: Process, token: string, change: "leaves" | "back") => void;
  /** Runs when the cloud itself refuses a call. */
  refused: (process: Process, error: unknown) => void;
  /** Runs when we revoke a consent that was still valid. */
  revoked: (account: string, by: Process) => void;
  /** Until then the provider answers nobody. */
  downUntil: number;
  /** Until then our registration is refused, which only the operator can mend. */
  clientRefusedUntil: number;
  /** Until then the API isn't enabled, which only the operator can mend. */
  apiDisabledUntil: number;
}

export interface Happening {
  cloud: Cloud;
  /** Who made the call; null when the request was on its way by itself. */
  by: Process | null;
  operation: Operation;
  account: string;
  externalId?: string;
}
