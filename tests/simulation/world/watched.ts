/** The part of a world that its checks must see. */
import type { Config } from "#lib/platform/config.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { Faults } from "#tests/simulation/machine/faults.ts";
import type { Process, Scheduler } from "#tests/simulation/machine/scheduler.ts";
import type { Cloud } from "#tests/simulation/model/cloud.ts";
import type { Snapshot } from "./snapshot.ts";

/** A request that a process is carrying out. */
export interface Wish {
  name: string;
  tutorId: string;
  /** Where the tutor should be connected afterwards. */
  target?: { provider: ProviderId; account: string } | undefined;
  /** Which lessons it is to change, and no others: those of this one's booking. */
  series?: { of: string; scope: "following" | "all" };
  /** Whether one of its commits has connected the tutor there. */
  isStored: boolean;
  beganAt: number;
  /** When its process was answered; null before. That of a killed one never is. */
  overAt: number | null;
}

export interface Watched {
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly clouds: Record<ProviderId, Cloud>;
  readonly config: Config;
  readonly wishes: ReadonlyMap<Process, Wish>;
  /** The newest snapshot of the tables. */
  readonly seen: Snapshot;
  /** Only the first call counts. */
  violate(words: string): void;
}
