/** What the ports to one cloud share: its chances, its facts, and who looks on. */
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
  | "list";

export interface Sky {
  scheduler: Scheduler;
  faults: Faults;
  /** What real code knows of this provider without asking it: limits, delays, habits. */
  facts: Pick<
    VideoProvider,
    | "id"
    | "label"
    | "budget"
    | "requiredScopes"
    | "lookupDelays"
    | "oneGrantPerAccount"
    | "revokesWholeAccount"
  >;
  /** Milliseconds that a request, and again its answer, is on its way at most. */
  slowest: number;
  /** Runs after each effect at the provider. */
  happened: (call: Happening) => void;
  /** A refresh with this token leaves, or its answer is back. */
  refreshing: (process: Process, token: string, change: "leaves" | "back") => void;
  /** The cloud itself said no. */
  refused: (process: Process, error: unknown) => void;
  /** A consent that was good has ended by our wish. */
  revoked: (account: string) => void;
  /** Until then the provider answers nobody. */
  downUntil: number;
}

export interface Happening {
  cloud: Cloud;
  /** Who asked; null when the request was on its way by itself. */
  by: Process | null;
  operation: Operation;
  account: string;
  externalId?: string;
}
